import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from '../core/errors.ts'
import { makeFolder } from './folders.ts'
import { isAlive } from './lease.ts'

/** Where this machine keeps its videos, their assets and the journal of what runs. */
export type Home = { dir: string; database: string; objects: string; scratch: string }

/** `CLIPFORGE_HOME`, else .clipforge in the project. Throws InputError when it cannot be written. */
export function openHome(dir: string): Home {
  const home = {
    dir,
    database: join(dir, 'clipforge.db'),
    objects: join(dir, 'objects'),
    scratch: join(dir, 'scratch'),
  }
  try {
    for (const folder of [home.dir, home.objects, home.scratch]) makeFolder(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new InputError(`${dir} cannot be written (${code}); set CLIPFORGE_HOME to a folder that can`, {
      cause: error,
    })
  }
  sweepScratch(home.scratch)
  return home
}

/** A scratch folder is named after the process that uses it; those of dead processes are left-overs of a kill. */
export function scratchOf(scratch: string, pid: number): string {
  return join(scratch, String(pid))
}

function sweepScratch(scratch: string) {
  for (const name of readdirSync(scratch)) {
    if (!isAlive(Number(name))) rmSync(join(scratch, name), { recursive: true, force: true })
  }
}
