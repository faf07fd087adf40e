import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { afterEach, describe } from 'vitest'
import { openSqliteApiKeys } from '../../../stores/api-keys/sqlite.ts'
import { openDatabase } from '../../../stores/sqlite.ts'
import { apiKeysContract } from '../../contract/api-keys.ts'

const opened: { db: DatabaseSync; dir: string }[] = []
afterEach(() => {
  for (const { db, dir } of opened.splice(0)) {
    db.close()
    rmSync(dir, { recursive: true })
  }
})

describe('API keys in SQLite', () => {
  apiKeysContract(async () => {
    const dir = mkdtempSync(join(tmpdir(), 'api-keys-'))
    const db = openDatabase(join(dir, 'clipforge.db'))
    opened.push({ db, dir })
    return openSqliteApiKeys(db)
  })
})
