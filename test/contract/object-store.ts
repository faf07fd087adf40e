// What every ObjectStore promises. `make` gives an empty store.
import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import type { ObjectPage, ObjectStore } from '../../core/ports.ts'

const plain = { contentType: 'text/plain' }
const bytes = (text: string) => new TextEncoder().encode(text)
const sha256 = (body: Uint8Array) => createHash('sha256').update(body).digest('hex')

export function objectStoreContract(name: string, make: () => ObjectStore | Promise<ObjectStore>) {
  describe(`${name} as an object store`, () => {
    let store: ObjectStore
    beforeEach(async () => {
      store = await make()
    })

    const text = async (key: string) => new TextDecoder().decode(await store.get(key))
    const readText = async (key: string, range?: { first: number; last?: number }) =>
      new TextDecoder().decode(await collect(await store.read(key, range)))

    describe('putting', () => {
      test('gives what head then gives: key, size, type, SHA-256 in hex and the time', async () => {
        const before = Date.now()
        const info = await store.put('a/b.txt', bytes('héllo'), plain)
        expect(info).toEqual({
          key: 'a/b.txt',
          bytes: 6,
          contentType: 'text/plain',
          sha256: sha256(bytes('héllo')),
          modifiedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/),
        })
        // Some stores keep whole seconds.
        expect(Date.parse(info.modifiedAt)).toBeGreaterThan(before - 2000)
        expect(await store.head('a/b.txt')).toEqual(info)
        expect(await text('a/b.txt')).toBe('héllo')
      })

      test('takes a stream of unknown length', async () => {
        const chunks = Array.from({ length: 40 }, (_, i) => new Uint8Array(10_000 + i).fill(i))
        const info = await store.put('stream', slowly(chunks), { contentType: 'video/mp4' })
        const whole = Buffer.concat(chunks)
        expect(info).toMatchObject({ bytes: whole.length, contentType: 'video/mp4', sha256: sha256(whole) })
        expect(Buffer.from(await store.get('stream')).equals(whole)).toBe(true)
      })

      test('takes an empty body and an empty stream', async () => {
        await store.put('empty', new Uint8Array(), plain)
        await store.put('empty stream', slowly([]), plain)
        for (const key of ['empty', 'empty stream']) {
          expect(await store.head(key)).toMatchObject({ bytes: 0, sha256: sha256(new Uint8Array()) })
          expect(await store.get(key)).toHaveLength(0)
          expect(await readText(key)).toBe('')
        }
      })

      test('replaces what was there, body and type', async () => {
        await store.put('k', bytes('a longer body'), plain)
        await store.put('k', bytes('{}'), { contentType: 'application/json' })
        expect(await text('k')).toBe('{}')
        expect(await store.head('k')).toMatchObject({ bytes: 2, contentType: 'application/json' })
        expect((await store.list('')).objects).toHaveLength(1)
      })

      test('shows nothing of a stream that fails, and says why it failed', async () => {
        await store.put('kept', bytes('old'), plain)
        for (const key of ['kept', 'new'])
          await expect(store.put(key, failing(), plain)).rejects.toThrow('the source broke')
        expect(await text('kept')).toBe('old')
        expect(await store.head('new')).toBeUndefined()
        expect(keysOf(await store.list(''))).toEqual(['kept'])
      })

      test('shows the old body until a slow stream has ended', async () => {
        await store.put('k', bytes('old'), plain)
        const gate = Promise.withResolvers<void>()
        const put = store.put('k', gated(gate.promise), plain)
        for (let turn = 0; turn < 20; turn++) await setImmediate()
        expect(await text('k')).toBe('old')
        gate.resolve()
        await put
        expect(await text('k')).toBe('new body')
      })

      test('of many at once under one key leaves one of them, whole', async () => {
        const bodies = Array.from({ length: 12 }, (_, i) => new Uint8Array(5000 + i).fill(i))
        const infos = await Promise.all(bodies.map((body) => store.put('raced', body, plain)))
        expect(infos.map((info) => info.bytes)).toEqual(bodies.map((body) => body.length))
        const body = await store.get('raced')
        expect(await store.head('raced')).toMatchObject({ bytes: body.length, sha256: sha256(body) })
        expect(bodies.some((candidate) => Buffer.from(candidate).equals(body))).toBe(true)
      })

      test('never lets a reader see a mixture while bodies replace each other', async () => {
        await store.put('k', new Uint8Array(1000), plain)
        const torn: string[] = []
        const write = async () => {
          for (let i = 1; i <= 25; i++) await store.put('k', new Uint8Array(1000 * i).fill(i), plain)
        }
        const read = async () => {
          for (let i = 1; i <= 75; i++) {
            const body = await store.get('k')
            const whole = new Set(body).size === 1 && body.length === 1000 * Math.max(1, body[0]!)
            if (!whole) torn.push(`${body.length} bytes`)
          }
        }
        await Promise.all([write(), read()])
        expect(torn).toEqual([])
      })
    })

    describe('putting if absent', () => {
      const ifAbsent = { ...plain, ifAbsent: true }

      test('creates what is not there', async () => {
        await store.put('k', bytes('first'), ifAbsent)
        expect(await text('k')).toBe('first')
      })

      test('leaves what is there and gives that', async () => {
        const first = await store.put('k', bytes('first'), { contentType: 'image/png' })
        expect(await store.put('k', bytes('second one'), ifAbsent)).toEqual(first)
        expect(await text('k')).toBe('first')
      })

      test('twelve times at once keeps one, which all are given', async () => {
        const infos = await Promise.all(
          Array.from({ length: 12 }, (_, i) => store.put('raced', slowly([bytes(`body ${i}`)]), ifAbsent)),
        )
        expect(new Set(infos.map((info) => info.sha256))).toEqual(new Set([sha256(await store.get('raced'))]))
      })
    })

    describe('reading', () => {
      test('what is not there gives NotFoundError, and head gives undefined', async () => {
        await expect(store.get('nothing')).rejects.toMatchObject({ name: 'NotFoundError' })
        await expect(store.read('nothing')).rejects.toMatchObject({ name: 'NotFoundError' })
        expect(await store.head('nothing')).toBeUndefined()
      })

      test.each([
        [{ first: 0 }, '0123456789'],
        [{ first: 3 }, '3456789'],
        [{ first: 2, last: 4 }, '234'],
        [{ first: 0, last: 0 }, '0'],
        [{ first: 9, last: 9 }, '9'],
        [{ first: 7, last: 99 }, '789'],
      ])('of bytes %j gives them, both ends included', async (range, expected) => {
        await store.put('digits', bytes('0123456789'), plain)
        expect(await readText('digits', range)).toBe(expected)
      })

      test.each([{ first: 10 }, { first: 11, last: 12 }, { first: 5, last: 4 }, { first: -1 }])(
        'of bytes %j of ten is refused',
        async (range) => {
          await store.put('digits', bytes('0123456789'), plain)
          await expect(store.read('digits', range)).rejects.toMatchObject({ name: 'InputError' })
        },
      )

      test('streams a large body whole', async () => {
        const body = new Uint8Array(3_000_000).map((_, i) => i % 251)
        await store.put('large', body, plain)
        expect(Buffer.from(await collect(await store.read('large'))).equals(body)).toBe(true)
      })

      test('goes on with the body it began, though the key is overwritten or deleted meanwhile', async () => {
        const body = new Uint8Array(2_000_000).fill(7)
        await store.put('k', body, plain)
        const [first, second] = [await store.read('k'), await store.read('k', { first: 1_000_000 })]
        await store.put('k', bytes('other'), plain)
        await store.delete('k')
        expect(Buffer.from(await collect(first)).equals(body)).toBe(true)
        expect(Buffer.from(await collect(second)).equals(body.subarray(1_000_000))).toBe(true)
      })
    })

    describe('keys', () => {
      const awkward = [
        'été/日本語 🦊.txt',
        '../../up',
        '/rooted',
        'a//b',
        'a',
        'a/b',
        'a/b/',
        'q?x=1&y=%2F#z',
        "it's",
        '~',
      ]

      test('may hold any text, and are never taken for a path', async () => {
        for (const key of awkward) await store.put(key, bytes(`body of ${key}`), plain)
        for (const key of awkward) expect(await text(key)).toBe(`body of ${key}`)
        expect(keysOf(await store.list('')).toSorted()).toEqual(awkward.toSorted())
      })
    })

    describe('deleting', () => {
      test('takes the object away and leaves its neighbours', async () => {
        await store.put('a', bytes('1'), plain)
        await store.put('a/b', bytes('2'), plain)
        await store.delete('a')
        expect(await store.head('a')).toBeUndefined()
        await expect(store.get('a')).rejects.toMatchObject({ name: 'NotFoundError' })
        expect(await text('a/b')).toBe('2')
      })

      test('what is not there is no error', async () => {
        await expect(store.delete('nothing')).resolves.toBeUndefined()
      })
    })

    describe('listing', () => {
      // By UTF-16 units, as JavaScript sorts, U+FF5E would come after the emoji; by UTF-8 bytes it comes before.
      const inByteOrder = ['A', 'a', 'a-', 'a/1', 'a/10', 'a/2', 'b', 'é', '～', '🦊']

      test('is in the order of UTF-8 bytes and says what head says', async () => {
        for (const key of inByteOrder.toReversed()) await store.put(key, bytes(key), plain)
        const { objects, next } = await store.list('')
        expect(objects.map(({ key }) => key)).toEqual(inByteOrder)
        expect(next).toBeUndefined()
        expect(objects[3]).toMatchObject({ key: 'a/1', bytes: 3 })
      })

      test('of a prefix gives the keys that begin with it, % and _ being letters like any other', async () => {
        for (const key of ['a/1', 'a/2', 'ab', 'A/1', 'b', '100%/x', '100x/y', 'a_/1'])
          await store.put(key, bytes('.'), plain)
        expect(keysOf(await store.list('a/'))).toEqual(['a/1', 'a/2'])
        expect(keysOf(await store.list('100%'))).toEqual(['100%/x'])
        expect(keysOf(await store.list('a_'))).toEqual(['a_/1'])
        expect(keysOf(await store.list('zzz'))).toEqual([])
      })

      test.each([1, 3, 5, 9, 10, 11])('in pages of %i gives every key once, in order', async (limit) => {
        for (const key of inByteOrder) await store.put(`p/${key}`, bytes('.'), plain)
        await store.put('q', bytes('.'), plain)
        const keys: string[] = []
        let after: string | undefined
        do {
          const page = await store.list('p/', { after, limit })
          expect(page.objects.length).toBeLessThanOrEqual(limit)
          keys.push(...page.objects.map(({ key }) => key))
          after = page.next
        } while (after !== undefined)
        expect(keys).toEqual(inByteOrder.map((key) => `p/${key}`))
      })

      test('goes on after a key that has been deleted', async () => {
        for (const key of ['a', 'b', 'c']) await store.put(key, bytes('.'), plain)
        const { next } = await store.list('', { limit: 2 })
        await store.delete('b')
        expect(keysOf(await store.list('', { after: next }))).toEqual(['c'])
      })
    })
  })
}

function keysOf({ objects }: ObjectPage): string[] {
  return objects.map(({ key }) => key)
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function* slowly(chunks: Uint8Array[]) {
  for (const chunk of chunks) {
    await setImmediate()
    yield chunk
  }
}

async function* gated(gate: Promise<void>) {
  yield bytes('new ')
  await gate
  yield bytes('body')
}

async function* failing() {
  yield bytes('the first half')
  await setImmediate()
  throw new Error('the source broke')
}
