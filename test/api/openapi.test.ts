// The document and the app keep each other's word: what fits the document is accepted, and answers fit it too.
import { Ajv2020 } from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonSchema } from '../../api/schemas/video-request.ts'
import { anyOf as valueOf } from './from-schema.ts'
import { openWorld, type World } from './world.ts'

type Operation = {
  operationId: string
  requestBody?: { content: Record<string, { schema: JsonSchema }> }
  responses: Record<string, { content?: Record<string, { schema: JsonSchema }> }>
}
type Document = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, JsonSchema> }
}

let world: World
let document: Document
const ajv = new Ajv2020({ strict: false, formats: { 'date-time': true, date: true } })
beforeAll(async () => {
  world = openWorld()
  document = (await world.ask('GET', '/openapi.json')).body as unknown as Document
  ajv.addSchema(document, 'api')
})
afterAll(() => world.close())

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  )

/** Throws unless an answer of that status is documented, and is as documented. */
function checkAnswer(path: string, method: string, answer: { status: number; body: unknown }) {
  const documented = document.paths[path]![method]!.responses[answer.status]
  expect(documented, `${method} ${path} ${answer.status}`).toBeDefined()
  const [type] = Object.keys(documented!.content ?? {})
  if (type === undefined) return
  const pointer = ['paths', path, method, 'responses', String(answer.status), 'content', type, 'schema']
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/')
  const isFit = ajv.getSchema(`api#/${pointer}`)!
  expect(isFit(answer.body), JSON.stringify(isFit.errors)).toBe(true)
}

function neededOf({ path, operation }: { path: string; operation: Operation }): number[] {
  return [
    401,
    429,
    500,
    503,
    ...(path.includes('{') ? [404] : []),
    ...(operation.requestBody ? [400, 413, 415, 422] : []),
  ]
}

describe('the document', () => {
  it('names each operation once, leads nowhere but to itself, and says what can go wrong', () => {
    const ids = operations().map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)
    for (const [, name] of references) expect(document.components.schemas).toHaveProperty(name!)
    const lacking = operations()
      .filter(({ path }) => path.startsWith('/v1/'))
      .flatMap((each) =>
        neededOf(each)
          .filter((status) => !(status in each.operation.responses))
          .map((status) => [each.path, status]),
      )
    expect(lacking).toEqual([])
  })

  it('offers what this installation can do', async () => {
    const named = Object.keys(document.components.schemas)
    expect(named).not.toContain('VideoFromTopic')
    const served = openWorld({}, ['openai'])
    try {
      const other = (await served.ask('GET', '/openapi.json')).body as unknown as Document
      expect(Object.keys(other.components.schemas)).toContain('VideoFromTopic')
    } finally {
      served.close()
    }
  })
})

describe('what fits the document', () => {
  it.each([
    ['POST', '/v1/videos', 'VideoRequest', 120],
    ['POST', '/v1/quotes', 'VideoRequest', 60],
    ['POST', '/v1/keys', 'KeyWish', 20],
  ])('%s %s accepts it', async (method, path, name, numRuns) => {
    const fits = valueOf({ $ref: `#/components/schemas/${name}` }, document.components.schemas)
    await fc.assert(
      fc.asyncProperty(fits, async (body) => {
        const answer = await world.ask(method, path, { body })
        expect([200, 201, 202, 404, 409], answer.text).toContain(answer.status)
        checkAnswer(path, method.toLowerCase(), answer)
      }),
      { numRuns },
    )
  })

  it('whatever else is sent is answered, and as documented', async () => {
    const paths = operations().filter(({ path }) => !path.endsWith('/events'))
    const anything = fc.oneof(fc.jsonValue(), fc.record({ script: fc.jsonValue(), scenes: fc.jsonValue() }))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.string(), anything, async ({ method, path }, id, body) => {
        const address = path.replaceAll(/\{\w+\}/g, encodeURIComponent(id === '' || /^\.{1,2}$/.test(id) ? 'x' : id))
        const answer = await world.ask(method.toUpperCase(), address, method === 'get' ? {} : { body })
        expect(answer.status).toBeLessThan(500)
        // What no parameter can stand for is another address.
        if (!id.includes('/')) checkAnswer(path, method, answer)
      }),
      { numRuns: 200 },
    )
    expect(world.errors).toEqual([])
  })
})

describe('the reference', () => {
  it('is a page with every operation, and nothing that has to be fetched or run', async () => {
    const { headers, text } = await world.ask('GET', '/reference', { owner: '' })
    expect(headers.get('content-type')).toContain('text/html')
    for (const { operation } of operations()) expect(text).toContain(`id="${operation.operationId}"`)
    expect(text).not.toMatch(/<script|<link|src=|url\(/)
    const targets = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!)
    for (const id of new Set(targets)) expect(text, id).toContain(`id="${id}"`)
  })
})
