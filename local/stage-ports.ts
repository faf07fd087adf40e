import type { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import type { StagePorts } from '../core/stage.ts'
import { providersFor } from '../providers/registry.ts'
import { RENDERER_VERSION } from '../render-container/version.ts'
import { openDiskObjects } from '../stores/objects/disk.ts'
import { openDatabase } from '../stores/sqlite.ts'
import { openSqliteVideos } from '../stores/videos/sqlite.ts'
import { type Home, scratchOf } from './home.ts'
import { openWorkspace } from '../stores/workspace.ts'

export const fontsDir = fileURLToPath(new URL('../assets/fonts', import.meta.url))

/** Everything a stage needs, on this machine's disk. Each process opens its own; the database is shared. */
export function openStagePorts(home: Home): Omit<StagePorts, 'report' | 'signal'> & { db: DatabaseSync } {
  const db = openDatabase(home.database)
  const objects = openDiskObjects({ dir: home.objects, db })
  return {
    db,
    objects,
    videos: openSqliteVideos(db),
    providers: (choices) => providersFor(choices, new Date().toISOString().slice(0, 10)),
    compose: {
      version: RENDERER_VERSION,
      run: async (...call) => (await import('../render-container/compose.ts')).compose(...call),
    },
    inspect: async (...call) => (await import('../render-container/inspect.ts')).inspect(...call),
    preview: async (...call) => (await import('../render-container/preview.ts')).preview(...call),
    machine: { provider: 'this machine', usdPerHour: 0 },
    fontsDir,
    openWorkspace: () => openWorkspace(scratchOf(home.scratch, process.pid), objects),
    now: () => new Date(),
  }
}
