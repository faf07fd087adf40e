// The whole composition, as a user waits for it.
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { startChild } from '../children.ts'
import type { Composed } from '../child/compose.ts'
import type { Minute } from '../minute/minute.ts'
import { endedChildrenCpuMs, peakMemory, type Memory } from '../processes.ts'

/** `cpuMs`: of all processes, the start of Node included. */
export type Whole = Composed & { cpuMs: number | undefined; outPath: string }

/** Nothing is there of an earlier one, unless `folder` is an earlier one's. */
export async function composeWhole(
  minute: Minute,
  scratch: string,
  { folder, stopAt }: { folder?: string; stopAt?: number } = {},
): Promise<Whole> {
  const own = folder ?? (await mkdtemp(join(scratch, 'whole-')))
  const cpuBefore = endedChildrenCpuMs()
  const child = startChild()
  try {
    const composed = await child.run('compose', { minute, folder: own, ...(stopAt !== undefined && { stopAt }) })
    await child.end()
    const cpuAfter = endedChildrenCpuMs()
    const cpuMs = cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore
    return { ...composed, cpuMs, outPath: join(own, 'out', 'video.mp4') }
  } finally {
    await child.end()
    if (folder === undefined) await rm(own, { recursive: true, force: true })
  }
}

/** In a composition of its own, because looking at the memory takes time. */
export async function memoryOfWhole(
  minute: Minute,
  scratch: string,
): Promise<{ composed: Composed; peak: Memory | undefined }> {
  const folder = await mkdtemp(join(scratch, 'memory-'))
  const child = startChild()
  try {
    const { result, peak } = await peakMemory(child.process.pid!, child.run('compose', { minute, folder }))
    return { composed: result, peak }
  } finally {
    await child.end()
    await rm(folder, { recursive: true, force: true })
  }
}
