import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { isAlive } from '../../../local/lease.ts'
import { clipforge, program } from './clipforge.ts'

let home: string
beforeAll(() => void (home = mkdtempSync(join(tmpdir(), 'stop-'))))
afterAll(() => rmSync(home, { recursive: true, force: true }))

function childrenOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
}

describe.runIf(process.platform === 'linux')('a stop from outside', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends with %i and the way to go on, and leaves no process and no file', async (signal, exitCode) => {
    let workers: string[] = []
    const args = ['make', '-', '--json', '--out', 'out', '--seed', String(exitCode)]
    const { code, events } = await clipforge(args, {
      home,
      input: 'A goat.',
      onEvent: ({ type }, child) => {
        if (type !== 'started') return
        workers = childrenOf(child.pid!)
        child.kill(signal)
      },
    })
    expect(code).toBe(exitCode)
    expect(events.at(-1)).toMatchObject({
      type: 'error',
      name: 'StoppedError',
      message: expect.stringMatching(/^stopped; clipforge resume vid_\S+ goes on where it was$/) as string,
    })
    expect(readdirSync(home)).not.toContain('out')
    expect(workers).not.toEqual([])
    // A killed process keeps its number until the system has buried it.
    await vi.waitFor(() => expect(workers.filter((pid) => isAlive(Number(pid)))).toEqual([]), 5000)
    expect((await clipforge(['list'], { home })).stdout).toMatch(/stopped {2}A goat\./)
  })

  it('is nothing to tell of when the reader of the output has gone', async () => {
    const child = spawn(process.execPath, [program, 'catalog'], { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.destroy()
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close') as Promise<[number]>])
    expect([stderr, code]).toEqual(['', 141])
  })

  it('is a failure in one line when the output goes to a full disk', async () => {
    const stdio = ['ignore', openSync('/dev/full', 'w'), 'pipe'] as const
    const child = spawn(process.execPath, [program, 'catalog'], { stdio: [...stdio] })
    const [stderr, [code]] = await Promise.all([text(child.stderr!), once(child, 'close') as Promise<[number]>])
    expect(stderr).toMatch(/^clipforge: the disk is full \(ENOSPC: [^\n]+\n$/)
    expect(code).toBe(1)
  })
})

describe('an option that there is not', () => {
  it('is one line, with exit code 2', async () => {
    const { code, stderr, stdout } = await clipforge(['make', '-', '--sed', '4'], { home })
    expect(stderr).toMatch(/^clipforge: unknown option '--sed' \(Did you mean --seed\?\); clipforge --help [^\n]*\n$/)
    expect([code, stdout]).toEqual([2, ''])
  })

  it('is one object with --json', async () => {
    const { code, events, stderr } = await clipforge(['make', '--json'], { home })
    expect(events).toMatchObject([{ type: 'error', message: expect.stringContaining('missing required') as string }])
    expect([code, stderr]).toEqual([2, ''])
  })
})
