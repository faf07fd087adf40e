// What the dashboards and alarms look at: names only, so that each part is watched by what AWS itself calls it.
import type { ServiceId } from '../../core/models.ts'
import type { SizeSettings } from '../config.ts'
import type { FunctionName } from '../functions.ts'

export type Watched = {
  /** Of the installation; begins the name of every alarm and dashboard. */
  name: string
  region: string
  replicaRegion?: string
  settings: SizeSettings
  services: ServiceId[]
  functions: Partial<Record<FunctionName, string>>
  stateMachineArn: string
  api: { name: string; stage: string }
  webAcl: string
  distributionId: string
  uploadQueue: string
  uploadDeadLetters: string
  /** What a function that nobody waits for failed on. */
  missedEvents: string
  table: string
  backupVault: string
}
