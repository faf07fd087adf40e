// Where a render keeps its files while it runs: the machine's own fast disk where there is one.
import { accessSync, constants } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Mounted by the machine's user data (lib/render/user-data.ts). */
const FAST_DISK = '/scratch'
/** Longer than any job may run: what is older was left by one that was killed. */
const ABANDONED_AFTER_MS = 6 * 3600 * 1000

/** A folder of the container's own; it need not be there yet. */
export function scratchDir(fastDisk = FAST_DISK): string {
  return join(isWritable(fastDisk) ? fastDisk : tmpdir(), 'clipforge-render')
}

/** A machine renders many videos, and its disk has to last for all of them. What cannot be deleted stays. */
export async function sweepScratch(dir: string, nowMs: number): Promise<void> {
  const left = await readdir(dir).catch((): string[] => [])
  for (const path of left.map((name) => join(dir, name))) {
    const isAbandoned = await stat(path).then(
      ({ mtimeMs }) => nowMs - mtimeMs > ABANDONED_AFTER_MS,
      () => false,
    )
    if (isAbandoned) await rm(path, { recursive: true, force: true }).catch(() => {})
  }
}

function isWritable(dir: string): boolean {
  try {
    accessSync(dir, constants.W_OK)
    return true
  } catch {
    return false
  }
}
