import { expect, it } from 'vitest'
import { isLive } from '../../../local/cli/progress.ts'

it.each([
  ['a terminal', { isTTY: true, columns: 80 }, 'xterm', true],
  ['a pipe', {}, 'xterm', false],
  ['a terminal without a size', { isTTY: true, columns: 0 }, 'xterm', false],
  ['a terminal without commands', { isTTY: true, columns: 80 }, 'dumb', false],
])('redraws its lines only where that can be seen: %s', (_, stdout, term, live) => {
  expect(isLive(stdout, term)).toBe(live)
})
