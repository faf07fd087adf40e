import { stripVTControlCharacters } from 'node:util'
import { expect, it, vi } from 'vitest'
import { parseRequest } from '../../../core/video.ts'
import { isLive, openProgress } from '../../../local/cli/progress.ts'

it.each([
  ['a terminal', { isTTY: true, columns: 80 }, 'xterm', true],
  ['a pipe', {}, 'xterm', false],
  ['a terminal without a size', { isTTY: true, columns: 0 }, 'xterm', false],
  ['a terminal without commands', { isTTY: true, columns: 80 }, 'dumb', false],
])('redraws its lines only where that can be seen: %s', (_, stdout, term, live) => {
  expect(isLive(stdout, term)).toBe(live)
})

const video = {
  id: 'vid_x',
  owner: 'local',
  createdAt: '2026-01-01T00:00:00Z',
  status: 'running' as const,
  version: 1,
  request: parseRequest({ script: 'A goat.' }),
  notices: [],
}
const at = '2026-01-01T00:00:00Z'
const composing = { at, type: 'progress', stage: 'compose', unit: 'frames', total: 12_000 } as const

function printed(json: boolean, tell: (view: ReturnType<typeof openProgress>) => void): string[] {
  const lines: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0)
  try {
    const view = openProgress({ video, outDir: '/tmp/out', json })
    tell(view)
    view.close()
  } finally {
    write.mockRestore()
  }
  return lines
}

it.each([
  [{ done: 5400, perSecond: 123.4, secondsLeft: 53.2 }, /45 % {2}5400\/12000 frames {2}123\/s {2}54 s to go/],
  [{ done: 1200, perSecond: 4.26, secondsLeft: 2535 }, /10 % {2}1200\/12000 frames {2}4\.3\/s {2}43 min to go/],
  [{ done: 1200 }, /10 % {2}1200\/12000 frames {2}\S*0\.0 s/],
])('tells how far a stage is, how fast and how long it will take, in 80 columns: %j', (progress, expected) => {
  const lines = printed(false, ({ tell }) => {
    tell({ at, type: 'started', stage: 'compose' })
    tell({ ...composing, ...progress })
  })
  const line = stripVTControlCharacters(lines.at(-1)!).trimEnd()
  expect(line).toMatch(expected)
  expect(line.length).toBeLessThanOrEqual(80)
})

it('prints every event as it is with --json', () => {
  const event = { ...composing, done: 5400, perSecond: 123.4, secondsLeft: 53.2 }
  const lines = printed(true, ({ tell }) => tell(event))
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { type: 'video', id: 'vid_x', out: '/tmp/out' },
    event,
  ])
})
