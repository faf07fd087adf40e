// Overwrites one key without end, body n being n repeated, and prints each n once it is stored. For killing.
import { join } from 'node:path'
import { openDiskObjects } from '../../../stores/objects/disk.ts'
import { openDatabase } from '../../../stores/sqlite.ts'

const [dir = '', from = '0'] = process.argv.slice(2)
const store = openDiskObjects({ dir: join(dir, 'objects'), db: openDatabase(join(dir, 'test.db')) })
for (let n = Number(from); ; n++) {
  const body = new Uint32Array(20_000 + (n % 7) * 10_000).fill(n)
  await store.put('overwritten', new Uint8Array(body.buffer), { contentType: 'application/octet-stream' })
  process.stdout.write(`${n}\n`)
}
