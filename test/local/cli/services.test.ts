// A person with keys, as the services see it: the command line in processes of its own, against the stand-ins.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Bill } from '../../../core/cost.ts'
import { startElevenLabs } from '../../loopback/elevenlabs.ts'
import { startGemini } from '../../loopback/gemini.ts'
import { startOpenAI } from '../../loopback/openai.ts'
import type { Loopback } from '../../loopback/server.ts'
import { clipforge, type Ended, type Printed } from './clipforge.ts'

const keys = {
  OPENAI_API_KEY: 'test-key-openai-sNvR83Qw',
  ELEVENLABS_API_KEY: 'test-key-elevenlabs-Lk29dPq1',
  GEMINI_API_KEY: 'test-key-gemini-Xz71mTb4',
}
const quick = ['--json', '--quality', 'draft', '--resolution', '720p', '--fps', '24', '--music', 'none']
let home: string
let servers: { openai: Loopback; elevenlabs: Loopback; gemini: Loopback }

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'services-'))
  servers = {
    openai: await startOpenAI({ key: keys.OPENAI_API_KEY }),
    elevenlabs: await startElevenLabs({ key: keys.ELEVENLABS_API_KEY }),
    gemini: await startGemini({ key: keys.GEMINI_API_KEY }),
  }
  for (const [name, value] of Object.entries(keys)) vi.stubEnv(name, value)
  vi.stubEnv('OPENAI_BASE_URL', `${servers.openai.url}/v1`)
  vi.stubEnv('ELEVENLABS_BASE_URL', servers.elevenlabs.url)
  vi.stubEnv('GOOGLE_GEMINI_BASE_URL', servers.gemini.url)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  for (const server of Object.values(servers)) await server.close()
  rmSync(home, { recursive: true, force: true })
})
beforeEach(() => {
  for (const { received } of Object.values(servers)) received.length = 0
})

const received = () => Object.values(servers).flatMap((server) => server.received.map(({ path }) => path))
const billIn = (folder: string) => JSON.parse(readFileSync(join(home, folder, 'bill.json'), 'utf8')) as Bill
const request = (name: string, wishes: object) => {
  writeFileSync(join(home, name), JSON.stringify(wishes))
  return name
}
const make = (source: string, out: string, more: string[] = [], onEvent?: (event: Printed) => void) =>
  clipforge(['make', source, '--out', out, ...quick, ...more], { home, onEvent })

/** Everything that was printed or written must be free of keys. */
function keysIn({ stdout, stderr }: Ended): string[] {
  const files = readdirSync(home, { recursive: true, encoding: 'utf8' })
    .map((name) => join(home, name))
    .filter((path) => statSync(path).isFile())
  const all = [Buffer.from(stdout), Buffer.from(stderr), ...files.map((path) => readFileSync(path))]
  return Object.values(keys).filter((key) => all.some((bytes) => bytes.includes(key)))
}

const scenes = [
  { text: 'A goat found a red berry.', prompt: 'a goat beside a bush' },
  { text: 'The monks drank it at night.', prompt: 'monks at a table' },
]

describe('make with keys', () => {
  it(
    'makes a whole video, bills what was served, keeps no key, and buys nothing twice',
    { timeout: 90_000 },
    async () => {
      const first = await make(request('video.json', { scenes }), 'first')
      expect(first.stderr).toBe('')
      expect(first.code).toBe(0)
      const bill = billIn('first')
      expect(received()).toHaveLength(4)
      expect(bill.lines.filter(({ costMicroUsd }) => costMicroUsd > 0)).toHaveLength(4)
      expect(bill.unsettled).toEqual([])
      expect(bill.failures).toEqual([])
      expect(keysIn(first)).toEqual([])

      expect((await make('video.json', 'first')).events.at(-1)).toMatchObject({ made: false })
      expect(received()).toHaveLength(4)

      const changed = scenes.with(1, { ...scenes[1]!, prompt: 'monks in a garden' })
      expect((await make(request('changed.json', { scenes: changed }), 'changed')).code).toBe(0)
      expect(received().slice(4)).toEqual([expect.stringContaining('banana')])
      expect(billIn('changed').totalMicroUsd).toBeGreaterThan(0)
      expect(billIn('changed').totalMicroUsd).toBeLessThan(bill.totalMicroUsd / 2)
    },
  )

  it(
    'buys one picture for one changed prompt, also where another was refused and softened',
    { timeout: 90_000 },
    async () => {
      servers.gemini.fail({ kind: 'refused', match: 'a cat beside a bush' })
      const refused = [
        { text: 'A cat found a red berry.', prompt: 'a cat beside a bush' },
        { text: 'The cook was not amused.', prompt: 'a cook at a stove' },
      ]
      const first = await make(request('refused.json', { scenes: refused }), 'refused')
      expect(first.code).toBe(0)
      // A plan, a narration, two pictures, one that was refused, a softer prompt.
      expect(received()).toHaveLength(6)
      expect(first.events.at(-1)).toMatchObject({ notices: [expect.stringMatching(/^scene 1: .*softened prompt$/)] })
      const changed = refused.with(1, { ...refused[1]!, prompt: 'a cook in a doorway' })
      const second = await make(request('refused.json', { scenes: changed }), 'refused-2')
      expect(received().slice(6)).toEqual([expect.stringContaining('banana')])
      expect(second.events.at(-1)).toMatchObject({ notices: [expect.stringMatching(/^scene 1: .*softened prompt$/)] })
    },
  )

  it('makes anew what a service could not do, when it is asked to', { timeout: 90_000 }, async () => {
    servers.elevenlabs.fail({ kind: 'empty', times: 3 })
    servers.openai.fail({ kind: 'empty', match: 'audio/speech', times: 3 })
    servers.gemini.fail({ kind: 'empty', match: 'tts', times: 3 })
    const dog = [{ text: 'A dog ran through the snow.', prompt: 'a dog in the snow' }]
    const source = request('again.json', { scenes: dog, seed: 1 })
    const first = await make(source, 'again')
    expect(first.events.at(-1)).toMatchObject({
      notices: [expect.stringMatching(/the embedded voice made it; make --again/)],
    })
    expect((await make(source, 'again')).events.at(-1)).toMatchObject({ made: false })
    const before = received().length
    const again = await make(source, 'again', ['--again'])
    expect(again.events.at(-1)).toMatchObject({ made: true })
    // The narration alone.
    expect(received()).toHaveLength(before + 1)
    expect(again.events.at(-1)).toMatchObject({ notices: [] })
  })

  it('goes on after a kill without repeating a call that was settled', { timeout: 90_000 }, async () => {
    const source = request('killed.json', {
      script: 'A ship came in from the south. It brought coffee to Venice.',
      scenes: 2,
    })
    for (const stage of ['plan', 'narrate', 'illustrate'])
      await clipforge(['make', source, '--out', 'killed', ...quick], {
        home,
        onEvent: (event, child) => {
          if (event.type === 'done' && event.stage === stage) child.kill('SIGKILL')
        },
      })
    const last = await make(source, 'killed')
    expect(last.code).toBe(0)
    const bill = billIn('killed')
    const paid = bill.lines.filter(({ costMicroUsd }) => costMicroUsd > 0)
    // Of a call that was under way when the process was killed nobody knows, so it is made again, and both are shown.
    expect(received()).toHaveLength(paid.length + bill.unsettled.length)
    expect(paid).toHaveLength(4)
  })

  it('fails at once, in one line with the cure, when the key is wrong', { timeout: 60_000 }, async () => {
    vi.stubEnv('GEMINI_API_KEY', 'test-key-gemini-wrong-Hd82')
    const { code, events, stdout } = await make(request('wrong.json', { script: 'A wrong key.' }), 'wrong')
    vi.stubEnv('GEMINI_API_KEY', keys.GEMINI_API_KEY)
    expect(code).toBe(1)
    expect(events.at(-1)).toMatchObject({
      type: 'error',
      name: 'AccountError',
      message: expect.stringMatching(/Gemini.*GEMINI_API_KEY.*clipforge resume vid_/) as string,
    })
    expect(stdout).not.toContain('test-key-gemini-wrong-Hd82')
    expect(readdirSync(home)).not.toContain('wrong')
  })

  it('stops before maxCostUsd is passed', { timeout: 60_000 }, async () => {
    const source = request('capped.json', { script: 'A cap of five cents. There are two scenes.', scenes: 2 })
    const { code, events } = await make(source, 'capped', ['--max-cost', '0.05'])
    expect(code).toBe(2)
    expect(events.at(-1)).toMatchObject({ name: 'BudgetError' })
    expect(received().filter((path) => path.includes('banana')).length).toBeLessThanOrEqual(1)
  })
})

describe('doctor with keys', () => {
  it('says of each service what its key is good for, and which models are about to retire', async () => {
    const { code, stdout } = await clipforge(['doctor'], { home })
    expect(code).toBe(0)
    for (const service of ['openai', 'elevenlabs', 'gemini'])
      expect(stdout).toMatch(new RegExp(`^✔ ${service} +the key works`, 'm'))
    expect(stdout).toMatch(/^✔ models +retiring within 60 days: .*gpt-4o-mini-tts on 2027-01-06/m)
  })

  it('says in one line what is wrong with a key and how to mend it', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'test-key-openai-wrong-Pq71')
    const { code, stdout } = await clipforge(['doctor'], { home })
    vi.stubEnv('OPENAI_API_KEY', keys.OPENAI_API_KEY)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^✘ openai .*OPENAI_API_KEY/m)
    expect(stdout).not.toContain('wrong-Pq71')
  })
})
