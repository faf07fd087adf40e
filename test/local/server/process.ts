// The server as a person starts it: a process of its own, told apart by its home.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, vi } from 'vitest'
import type { VideoDetails } from '../../../api/schemas/videos.ts'
import { program } from '../cli/clipforge.ts'

export type Line = { type: string; videoId?: string; [detail: string]: unknown }
export type ServerProcess = {
  child: ChildProcess
  url: string
  signInLink: string
  /** Of the first start alone. */
  key: string | undefined
  lines: Line[]
  /** Ends it as a person (SIGTERM) or a power cut (SIGKILL) does; gives the exit code. */
  end: (signal?: NodeJS.Signals) => Promise<number | null>
}

export async function startServer(home: string, args: string[] = [], env: object = {}): Promise<ServerProcess> {
  const child = spawn(process.execPath, [program, 'serve', '--json', '--port', '0', ...args], {
    env: { ...process.env, CLIPFORGE_HOME: home, INIT_CWD: home, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: Line[] = []
  const isReady = Promise.withResolvers<Line>()
  createInterface(child.stdout).on('line', (text) => {
    const line = JSON.parse(text) as Line
    lines.push(line)
    if (line.type === 'listening') isReady.resolve(line)
  })
  child.once('exit', (code) => isReady.reject(new Error(`the server ended with ${code}: ${JSON.stringify(lines)}`)))
  const { url, signInLink, key } = (await isReady.promise) as Line & Omit<ServerProcess, 'child' | 'lines' | 'end'>
  const end: ServerProcess['end'] = async (signal = 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    child.kill(signal)
    const [code] = (await once(child, 'exit')) as [number | null]
    return code
  }
  return { child, url, signInLink, key, lines, end }
}

/** A client with a key. Answers come with their status. */
export function client(url: string, key: string) {
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what is asked for is what comes
  const ask = async <Body>(method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${key}`, ...(body && { 'Content-Type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: (text ? JSON.parse(text) : undefined) as Body }
  }
  return {
    ask,
    make: async (request: object) => {
      const { status, body } = await ask<VideoDetails>('POST', '/v1/videos', request)
      expect([status, body]).toEqual([202, expect.objectContaining({ id: expect.any(String) as string })])
      return body
    },
    video: async (id: string) => (await ask<VideoDetails>('GET', `/v1/videos/${id}`)).body,
  }
}

export const small = { quality: 'draft', resolution: '720p', fps: 24, music: 'none', motion: 'still' }

export const until = <Value>(check: () => Value, timeout = 120_000) => vi.waitFor(check, { timeout, interval: 50 })
