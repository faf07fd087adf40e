// Names that two regions must know of each other. They are fixed, so that neither stack needs a value of the other's.
import { Aws } from 'aws-cdk-lib'
import type { Config } from '../config.ts'

export type Replicated = 'videos' | 'uploads'

/** 63 characters at most with the longest name, account and region. */
export function replicaBucketName({ name, replicaRegion }: Config, bucket: Replicated): string {
  return `${name}-${bucket}-copy-${Aws.ACCOUNT_ID}-${replicaRegion}`
}

export function replicaKeyAlias({ name }: Config): string {
  return `alias/${name}-replica`
}

export function vaultName({ name }: Config): string {
  return `${name}-backups`
}
