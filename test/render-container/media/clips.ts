// Clips for the tests, made so that what must be shown of them is known.
import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll } from 'vitest'
import type { PreparedClip } from '../../../render-container/media/prepared.ts'

export type ClipSpec = {
  /** '.mp4', '.mov' and '.webm' say the container. */
  path: string
  /** An encoder's name. */
  codec: string
  width: number
  height: number
  /** When each picture is shown, in ms. */
  times: number[]
  gop?: number
  options?: Record<string, string | number>
  pixelFormat?: string
  sar?: [number, number]
  /** a, b, c, d of the display matrix. */
  matrix?: [number, number, number, number]
  isInterlaced?: boolean
  /** The container's options. */
  muxer?: Record<string, string | number>
  /** A second of silence beside the pictures, or alone. */
  sound?: 'too' | 'only'
  /** One light grey instead of the picture's number. */
  isFlat?: boolean
  /** Every other row black, the others white; in the next picture the other way round. */
  isCombed?: boolean
  /** With enough in each picture that it takes some kilobytes. */
  isNoisy?: boolean
  colours?: { colorSpace?: number; colorRange?: number; colorTrc?: number; colorPrimaries?: number }
}

export type Request =
  | { kind: 'make'; spec: ClipSpec }
  | { kind: 'show'; clip: PreparedClip; frames: number[] }
  | { kind: 'cycles'; clip: PreparedClip; times: number }

export type Shown = { planes: Buffer[]; cpuMs: number }

/** One child for all tests of a file. */
export function clipChild() {
  let child: ChildProcess
  beforeAll(() => {
    const path = fileURLToPath(new URL('child.ts', import.meta.url))
    child = fork(path, {
      execArgv: ['--expose-gc'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
  })
  afterAll(() => void child.kill())
  async function ask(request: Request): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const onExit = (code: number | null, signal: string | null) =>
      reject(new Error(`the child ended (${signal ?? code})`))
    child.once('exit', onExit)
    child.once('message', (reply: { result: unknown } | { error: string }) => {
      if ('error' in reply) reject(new Error(reply.error))
      else resolve(reply.result)
    })
    child.send(request)
    return promise.finally(() => child.off('exit', onExit))
  }
  return {
    make: async (spec: ClipSpec): Promise<string> => {
      await ask({ kind: 'make', spec })
      return spec.path
    },
    show: async (clip: PreparedClip, frames: number[]) => (await ask({ kind: 'show', clip, frames })) as Shown,
    /** By how many MB the process grew over the last two thirds of so many times opening, seeking, reading, closing. */
    growthMb: async (clip: PreparedClip, times: number) => (await ask({ kind: 'cycles', clip, times })) as number,
  }
}

export const h264 = { codec: 'libx264', options: { preset: 'ultrafast', crf: 15, bf: 2 } }
export const vp8 = { codec: 'libvpx', options: { deadline: 'realtime', 'cpu-used': 8 } }

/** Times of pictures at an even rate. */
export const evenly = (count: number, fps: number) =>
  Array.from({ length: count }, (_, i) => Math.round((i * 1000) / fps))

export function clipOf(path: string, options: Partial<PreparedClip> = {}): PreparedClip {
  return {
    kind: 'clip',
    path,
    fit: 'cover',
    fromMs: 0,
    speed: 1,
    fps: 30,
    widthPx: 64,
    heightPx: 64,

    ...options,
  }
}

/** The number that the stripes in the upper half of the picture stand for. */
export function numberIn(planes: Buffer, widthPx: number, heightPx: number, top = heightPx / 4): number {
  let number = 0
  for (let stripe = 0; stripe < 8; stripe++) {
    const at = Math.round(top) * widthPx + Math.round(((stripe + 0.5) * widthPx) / 8)
    number = number * 2 + (planes[at]! > 125 ? 1 : 0)
  }
  return number
}

/** Y, U and V at a place given as a fraction of the picture. */
export function colourAt(planes: Buffer, widthPx: number, heightPx: number, x: number, y: number): number[] {
  const luma = widthPx * heightPx
  const chroma = luma + Math.floor((y * heightPx) / 2) * (widthPx / 2) + Math.floor((x * widthPx) / 2)
  return [
    planes[Math.floor(y * heightPx) * widthPx + Math.floor(x * widthPx)]!,
    planes[chroma]!,
    planes[chroma + luma / 4]!,
  ]
}
