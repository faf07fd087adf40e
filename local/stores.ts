import type { DatabaseSync } from 'node:sqlite'
import type { ObjectStore, VideoStore } from '../core/ports.ts'
import { openDiskObjects } from '../stores/objects/disk.ts'
import { openDatabase } from '../stores/sqlite.ts'
import { openSqliteVideos } from '../stores/videos/sqlite.ts'
import { type Home, openHome } from './home.ts'

/** What is kept on this machine. To look at it nothing else has to be loaded. */
export type Stores = { home: Home; db: DatabaseSync; videos: VideoStore; objects: ObjectStore }

/** All videos made here belong to the one person at the keyboard. */
export const localOwner = 'local'

/** Throws InputError when the folder cannot be used. Its `db` is to be closed. */
export function openStores(dir: string): Stores {
  const home = openHome(dir)
  const db = openDatabase(home.database)
  return { home, db, videos: openSqliteVideos(db), objects: openDiskObjects({ dir: home.objects, db }) }
}
