import type { DatabaseSync } from 'node:sqlite'
import { type DiskObjects, openDiskObjects } from '../stores/objects/disk.ts'
import { openDatabase } from '../stores/sqlite.ts'
import { openSqliteVideos, type SqliteVideos } from '../stores/videos/sqlite.ts'
import { type Home, openHome } from './home.ts'

/** What is kept on this machine. To look at it nothing else has to be loaded. */
export type Stores = { home: Home; db: DatabaseSync; videos: SqliteVideos; objects: DiskObjects }

/** All videos made here belong to the one person at the keyboard. */
export const localOwner = 'local'

/**
 * A second connection, for what is written often and may be lost in a power cut (not in a crash): the journal, whose
 * states are made again from the assets that there are, and what happened when. It waits for no disk: SQLite calls that
 * synchronous = NORMAL, and keeps the file whole all the same.
 */
export function openQuietDatabase(home: Home): DatabaseSync {
  const db = openDatabase(home.database)
  db.exec('PRAGMA synchronous = NORMAL')
  return db
}

/** Throws InputError when the folder cannot be used. Its `db` is to be closed. */
export function openStores(dir: string): Stores {
  const home = openHome(dir)
  const db = openDatabase(home.database)
  return { home, db, videos: openSqliteVideos(db), objects: openDiskObjects({ dir: home.objects, db }) }
}
