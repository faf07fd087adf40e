// What the figures were measured on.
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, release, totalmem, type as osType } from 'node:os'
import { inChild } from './children.ts'

export type Machine = { cpu: string; cores: number; memoryGb: number; os: string; node: string; ffmpeg: string }

export async function describeMachine(): Promise<Machine> {
  const nodeAv = JSON.parse(readFileSync(new URL('../../node_modules/node-av/package.json', import.meta.url), 'utf8'))
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: totalmem() / 1e9,
    os: `${distribution()}, ${osType()} ${release()}`,
    node: process.version,
    ffmpeg: `${await inChild('ffmpegVersion', {})} in node-av ${nodeAv.version}`,
  }
}

function distribution(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8').match(/^PRETTY_NAME="?([^"\n]*)/m)?.[1] ?? process.platform
  } catch {
    return process.platform
  }
}
