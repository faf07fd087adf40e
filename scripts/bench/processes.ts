// What processes cost, read from Linux's /proc. Elsewhere there is no figure.
import { readFileSync } from 'node:fs'

/** Linux counts processor time in hundredths of a second, on every machine. */
const TICK_MS = 10

/** CPU time of all children of this process that have ended, and of theirs. */
export function endedChildrenCpuMs(): number | undefined {
  const fields = read('/proc/self/stat')?.split(') ').at(-1)!.split(' ')
  // cutime and cstime, fields 16 and 17 of proc_pid_stat(5); the state is field 3.
  return fields && (Number(fields[13]) + Number(fields[14])) * TICK_MS
}

/** `pssMb`: what is shared counts once. `largestRssMb`: of the process that has most. */
export type Memory = { pssMb: number; largestRssMb: number; processes: number }

/** Of a process and all below it, now; undefined when it is gone. */
export function memoryOf(pid: number): Memory | undefined {
  const each = treeOf(pid).flatMap((member) => {
    const rollup = read(`/proc/${member}/smaps_rollup`)
    return rollup === undefined ? [] : [{ pss: kilobytes(rollup, 'Pss'), rss: kilobytes(rollup, 'Rss') }]
  })
  if (each.length === 0) return undefined
  return {
    pssMb: each.reduce((sum, { pss }) => sum + pss, 0) * 1.024e-3,
    largestRssMb: Math.max(...each.map(({ rss }) => rss)) * 1.024e-3,
    processes: each.length,
  }
}

const SAMPLE_MS = 200

/** The highest of samples, one each 200 ms, until `work` is done. It costs about 2 % of a core: time nothing meanwhile. */
export async function peakMemory<Result>(
  pid: number,
  work: Promise<Result>,
): Promise<{ result: Result; peak: Memory | undefined }> {
  let peak: Memory | undefined
  const sample = () => {
    const now = memoryOf(pid)
    if (!now) return
    const before = peak ?? { pssMb: 0, largestRssMb: 0, processes: 0 }
    peak = {
      pssMb: Math.max(before.pssMb, now.pssMb),
      largestRssMb: Math.max(before.largestRssMb, now.largestRssMb),
      processes: Math.max(before.processes, now.processes),
    }
  }
  const timer = setInterval(sample, SAMPLE_MS)
  try {
    return { result: await work, peak }
  } finally {
    clearInterval(timer)
  }
}

export function treeOf(pid: number): number[] {
  const below = read(`/proc/${pid}/task/${pid}/children`)?.trim()
  return [pid, ...(below ? below.split(' ').flatMap((child) => treeOf(Number(child))) : [])]
}

function kilobytes(rollup: string, field: string): number {
  return Number(rollup.match(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm'))?.[1] ?? 0)
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
