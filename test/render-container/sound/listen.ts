// What the tests of sound make, and how they listen.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll } from 'vitest'
import { randomOf } from '../../../core/random.ts'
import type { Pool } from '../../../render-container/pool.ts'
import { momentaryPowers, lufsOf, createMeter } from '../../../render-container/sound/loudness.ts'
import type { SoundTask } from '../../../render-container/sound/master.ts'

export const RATE = 48_000

type Part = { graph: string; codec: string }
export type Request =
  | { kind: 'make'; sound?: Part; picture?: Part; isCover?: boolean; format: string; path: string }
  | { kind: 'hear'; path: string }
  | { kind: 'measure'; task: SoundTask }
/** Interleaved 32-bit floats. */
export type Heard = { stereo: Buffer; lufs: number; truePeakDb: number }

/** One child for all tests of a file. */
export function ffmpeg(): {
  make: (file: Omit<Request & { kind: 'make' }, 'kind'>) => Promise<string>
  hear: (path: string) => Promise<Sound>
  measure: (task: SoundTask) => Promise<{ cpuMs: number; rssMb: number }>
} {
  let child: ChildProcess
  beforeAll(() => {
    child = fork(fileURLToPath(new URL('ffmpeg-child.ts', import.meta.url)), {
      execArgv: [],
      serialization: 'advanced',
    })
  })
  afterAll(() => child.disconnect())
  const ask = async <Result>(request: Request): Promise<Result> => {
    child.send(request)
    const [reply] = (await once(child, 'message')) as [{ result: Result } | { error: string }]
    if ('error' in reply) throw new Error(reply.error)
    return reply.result
  }
  return {
    make: async (file) => {
      await ask({ kind: 'make', ...file })
      return file.path
    },
    hear: async (path) => soundOf(await ask<Heard>({ kind: 'hear', path })),
    measure: (task) => ask({ kind: 'measure', task }),
  }
}

/** `mid` is what both channels have in common, `side` what they have opposite. */
export type Sound = { lufs: number; truePeakDb: number; mid: Float32Array; side: Float32Array }

function soundOf({ stereo, lufs, truePeakDb }: Heard): Sound {
  const samples = new Float32Array(new Uint8Array(stereo).buffer)
  const [mid, side] = [new Float32Array(samples.length / 2), new Float32Array(samples.length / 2)]
  for (let at = 0; at < mid.length; at++) {
    mid[at] = (samples[2 * at]! + samples[2 * at + 1]!) / 2
    side[at] = (samples[2 * at]! - samples[2 * at + 1]!) / 2
  }
  return { lufs, truePeakDb, mid, side }
}

/** Masters into `folder` and listens to what was made. */
export async function master(
  { run, hear }: { run: Pool['run']; hear: (path: string) => Promise<Sound> },
  folder: string,
  { seconds, ...parts }: Partial<SoundTask> & { seconds: number },
) {
  const path = join(folder, 'sound.m4a')
  const nothing = { narration: undefined, musicPath: undefined, clipSounds: [], effects: [] }
  const report = await run('sound', { ...nothing, ...parts, samples: Math.round(seconds * RATE), path }, 'sound')
  return { ...report, ...(await hear(path)), path }
}

/** Amplitude of one frequency between two times (a single bin of a Fourier transform). */
export function tone(samples: Float32Array, hz: number, fromS: number, toS: number): number {
  const [from, to] = [Math.round(fromS * RATE), Math.round(toS * RATE)]
  let [real, imaginary] = [0, 0]
  for (let at = from; at < to; at++) {
    real += (samples[at] ?? 0) * Math.cos((2 * Math.PI * hz * at) / RATE)
    imaginary += (samples[at] ?? 0) * Math.sin((2 * Math.PI * hz * at) / RATE)
  }
  return (2 * Math.hypot(real, imaginary)) / (to - from)
}

/** When a tone near `nearS` reaches half of its height: by windows of 4 ms, by their middle. */
export function onset(samples: Float32Array, hz: number, nearS: number): number {
  const stepS = 0.0001
  const levels = Array.from({ length: 800 }, (_, index) => {
    const atS = nearS - 0.04 + index * stepS
    return { atS, level: tone(samples, hz, atS - 0.002, atS + 0.002) }
  })
  const settled = tone(samples, hz, nearS + 0.01, nearS + 0.03)
  return levels.find(({ level }) => level >= settled / 2)!.atS
}

export const decibels = (ratio: number) => 20 * Math.log10(ratio)

export function rmsDb(samples: Float32Array, fromS: number, toS: number): number {
  const part = samples.subarray(Math.round(fromS * RATE), Math.round(toS * RATE))
  let energy = 0
  for (let at = 0; at < part.length; at++) energy += part[at]! ** 2
  return 10 * Math.log10(energy / part.length)
}

/** Loudness of each 0.4 s, one each 0.1 s, of what is heard in both channels. */
export function momentaryLufs(samples: Float32Array): number[] {
  const powers = new Float32Array(Math.ceil(samples.length / 32))
  createMeter(1, powers)(samples)
  return Array.from(momentaryPowers(powers), lufsOf)
}

/** White noise from -1 to 1, the same each time. */
export function noiseOf(seed: number): () => number {
  const random = randomOf(seed)
  return () => 2 * random() - 1
}
