import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deliverables } from '../../../core/keys.ts'
import type { Finding } from '../../../core/ports.ts'
import type { Timeline } from '../../../core/timeline.ts'
import { clipforge, type Ended, type Printed } from './clipforge.ts'

const script = 'A goat found coffee. The monks drank it at night.'
const args = ['make', '-', '--format', '1:1', '--scenes', '2', '--json', '--out']
const longMs = 240_000

let home: string
let made: Ended
const out = (name: string) => join(home, name)
const read = (folder: string, name: string) => JSON.parse(readFileSync(join(out(folder), name), 'utf8')) as unknown
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
const startedStages = (events: Printed[]) =>
  events.filter(({ type }) => type === 'started').map(({ stage, scene }) => `${stage} ${scene ?? ''}`.trim())

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'make-'))
  made = await clipforge([...args, 'first'], { home, input: script })
}, longMs)
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('clipforge make', () => {
  it('makes every file of a finished video and ends with the result', () => {
    expect(made.stderr).toBe('')
    expect(made.code).toBe(0)
    expect(readdirSync(out('first')).toSorted()).toEqual(Object.keys(deliverables).toSorted())
    expect(made.events.at(-1)).toMatchObject({
      type: 'result',
      status: 'done',
      scenes: 2,
      words: 10,
      width: 1080,
      height: 1080,
      costUsd: 0,
      made: true,
    })
  })

  it('tells of every stage, scene and frame on the way', () => {
    expect(startedStages(made.events)).toEqual(
      expect.arrayContaining([
        'write',
        'narrate',
        'plan',
        'illustrate 0',
        'illustrate 1',
        'score',
        'assemble',
        'compose',
        'publish',
      ]),
    )
    const frames = made.events
      .filter(({ type, stage }) => type === 'progress' && stage === 'compose')
      .map(({ done }) => done as number)
    expect(frames.at(-1)).toBe((read('first', 'timeline.json') as Timeline).durationFrames)
    expect(frames).toEqual(frames.toSorted((a, b) => a - b))
    const atMs = made.events.filter(({ type }) => type === 'progress').map(({ at }) => Date.parse(at as string))
    const lastMs = atMs.pop()!
    for (const [i, ms] of atMs.entries()) expect(ms - (atMs[i - 1] ?? 0)).toBeGreaterThanOrEqual(245)
    expect(lastMs).toBeGreaterThanOrEqual(atMs.at(-1) ?? 0)
  })

  it('says in the timeline where every word, scene and cue is', () => {
    const timeline = read('first', 'timeline.json') as Timeline
    expect(timeline).toMatchObject({ width: 1080, height: 1080, fps: 30, language: 'en' })
    expect(timeline.words.map(({ text }) => text).join(' ')).toBe(script)
    for (const word of timeline.words)
      expect(word).toMatchObject({ timeFrom: 'voice', startMs: expect.any(Number) as number })
    expect(timeline.scenes.map(({ text }) => text)).toEqual(['A goat found coffee.', 'The monks drank it at night.'])
    expect(timeline.cues.at(-1)!.lastWord).toBe(9)
  })

  it('checked the file before it said done', () => {
    const { ok, findings } = read('first', 'qc.json') as { ok: boolean; findings: Finding[] }
    expect(ok).toBe(true)
    expect(findings.length).toBeGreaterThan(8)
  })

  it('does nothing again for the same request', async () => {
    const again = await clipforge([...args, 'first'], { home, input: script })
    expect(again.events.at(-1)).toMatchObject({ type: 'result', made: false })
    expect(startedStages(again.events)).toEqual([])
  })

  it('refuses to replace another video unless it is told to', async () => {
    const refused = await clipforge(['make', '-', '--out', 'first'], { home, input: `${script} Then they sang.` })
    expect(refused.code).toBe(2)
    expect(refused.stderr).toMatch(/^clipforge: out: .* holds another video \(vid_.*--force\n$/)
    expect((await clipforge(['list'], { home })).stdout).not.toContain('queued')
  })

  it(
    'killed while it draws, goes on without repeating a finished stage, and makes the same bytes',
    async () => {
      const other = mkdtempSync(join(tmpdir(), 'make-'))
      const killed = await clipforge([...args, 'first'], {
        home: other,
        input: script,
        onEvent: (event, child) => {
          if (event.type === 'done' && event.stage === 'illustrate') child.kill('SIGKILL')
        },
      })
      expect(killed.signal).toBe('SIGKILL')
      expect(readdirSync(other)).not.toContain('first')
      const finished = killed.events
        .filter(({ type }) => type === 'done')
        .map(({ stage, scene }) => `${stage} ${scene ?? ''}`.trim())
      const id = killed.events.find(({ type }) => type === 'video')!.id as string

      expect((await clipforge(['list'], { home: other })).stdout).toMatch(/stopped {2}A goat found coffee/)

      const resumed = await clipforge(['resume', id.slice(0, 12), '--json'], { home: other })
      expect(resumed.code).toBe(0)
      expect(startedStages(resumed.events).filter((stage) => finished.includes(stage))).toEqual([])
      for (const name of ['video.mp4', 'poster.jpg', 'captions.ass', 'timeline.json'])
        expect(sha256(join(other, 'first', name)), name).toBe(sha256(join(out('first'), name)))
      rmSync(other, { recursive: true })
    },
    longMs,
  )
})

describe('clipforge list and show', () => {
  it('tell of the video', async () => {
    const { id } = made.events.at(-1)!
    expect((await clipforge(['list'], { home })).stdout).toContain(id)
    const { stdout } = await clipforge(['show', id as string], { home })
    expect(stdout).toMatch(/scene 2 .* The monks drank it at night\./)
    expect(stdout).toMatch(/bill {2}\$0\.0000/)
  })
})

describe('what the user got wrong', () => {
  const long = 'word '.repeat(20_000)
  it.each([
    ['a blank script', [], ' \n ', /^clipforge: script: /],
    ['100,000 characters', [], long, /^clipforge: script: .*15,?000/],
    ['only emoji', [], '🐐☕️🎉', /^clipforge: script: /],
    ['a control character', [], 'A goat\u0007 bell.', /^clipforge: script: .*U\+0007/],
    ['an unknown format', ['--format', '9:17'], 'A goat.', /'9:17' .*nearest is '9:16'/],
    ['an unknown voice', ['--voice', 'sara'], 'A goat.', /'sara' .*nearest is 'sarah'/],
    ['an unknown field', [], '{"script":"A goat.","musik":"calm"}', /musik: no such field; the nearest is 'music'/],
    ['broken JSON', [], '{"script":', /is not JSON/],
    ['a topic without a writer', [], '{"topic":"goats"}', /topic: .*OPENAI_API_KEY/],
    ['more scenes than words', ['--scenes', '9'], 'A goat.', /scenes: 9 scenes cannot share 2 words/],
    [
      'a missing picture',
      [],
      '{"scenes":[{"text":"A goat.","picture":"no.jpg"}]}',
      /scenes\.0\.picture: .*no\.jpg is not there; check the path/,
    ],
    [
      'a folder that cannot be written',
      ['--out', '/proc/nowhere/out'],
      'A goat.',
      /out: \/proc\/nowhere\/out cannot be written/,
    ],
  ])('is said in one line, with exit code 2: %s', async (_, options, input, line) => {
    const { code, stderr, stdout } = await clipforge(['make', '-', ...options], { home, input })
    expect(stderr).toMatch(line)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect([code, stdout]).toEqual([2, ''])
  })

  it('is said of a broken picture', async () => {
    writeFileSync(out('broken.jpg'), 'no picture')
    const { code, stderr } = await clipforge(['make', '-'], {
      home,
      input: '{"scenes":[{"text":"A goat.","picture":"broken.jpg"}]}',
    })
    expect([code, stderr.trimEnd().split('\n').length]).toEqual([2, 1])
    expect(stderr).toMatch(/scenes\.0\.picture: .*broken\.jpg is no picture that can be read/)
  })
})
