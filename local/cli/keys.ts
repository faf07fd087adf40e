import { InputError } from '../../core/errors.ts'
import { openSqliteApiKeys } from '../../stores/api-keys/sqlite.ts'
import { makeKey, stateOf } from '../server/keys.ts'
import { localOwner, openStores } from '../stores.ts'
import { homeDir } from './home-dir.ts'

const longestName = 80

/** A key for a program, with the videos of whoever sits here. */
export async function create(name: string, { json }: { json?: boolean }): Promise<void> {
  if (name.trim() === '' || name.length > longestName)
    throw new InputError(`name: must be 1 to ${longestName} characters (it is '${name.slice(0, longestName)}')`)
  await withKeys(async (keys) => {
    const { key, record } = await makeKey(keys, localOwner, name.trim())
    print(json ? JSON.stringify({ id: record.id, name: record.name, key }) : `${key}\n(it is shown this once)`)
  })
}

export async function list({ json }: { json?: boolean }): Promise<void> {
  await withKeys(async (keys) => {
    const all = await keys.list(localOwner)
    for (const key of all) {
      const { hash: _hash, ...shown } = key
      print(json ? JSON.stringify(shown) : `${key.id}  ${key.name.padEnd(20)}  ${stateOf(key, new Date())}`)
    }
    if (all.length === 0 && !json) print('no keys yet; clipforge keys create <name> makes one')
  })
}

export async function revoke(id: string, { json }: { json?: boolean }): Promise<void> {
  await withKeys(async (keys) => {
    const found = (await keys.list(localOwner)).filter((key) => key.id.startsWith(id))
    if (id === '' || found.length !== 1)
      throw new InputError(
        `'${id}': ${found.length === 0 ? 'no such key' : `${found.length} keys begin so`}; clipforge keys list shows them`,
      )
    await keys.revoke(found[0]!.hash, new Date().toISOString())
    print(json ? JSON.stringify({ id: found[0]!.id, revoked: true }) : `${found[0]!.name} lets nobody in any more`)
  })
}

async function withKeys(work: (keys: ReturnType<typeof openSqliteApiKeys>) => Promise<void>): Promise<void> {
  const { db } = openStores(homeDir())
  try {
    await work(openSqliteApiKeys(db))
  } finally {
    db.close()
  }
}

function print(line: string) {
  process.stdout.write(`${line}\n`)
}
