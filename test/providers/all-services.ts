// Everything before the video is put together, with the real SDKs against the three services' stand-ins.
import { randomBytes } from 'node:crypto'
import { onTestFinished, vi } from 'vitest'
import { chooseModels } from '../../core/models.ts'
import { readJson } from '../../core/once.ts'
import type { CallRecord } from '../../core/ports.ts'
import type { StagePorts } from '../../core/stage.ts'
import { stages } from '../../core/stages.ts'
import type { Narration } from '../../core/stages/narrate.ts'
import type { Plan } from '../../core/stages/plan.ts'
import { clock } from '../../providers/calls/clock.ts'
import { startElevenLabs } from '../loopback/elevenlabs.ts'
import { startGemini } from '../loopback/gemini.ts'
import { startOpenAI } from '../loopback/openai.ts'
import type { Loopback } from '../loopback/server.ts'
import { portsFor, videoId } from '../core/stages/ports.ts'

export type Servers = Record<'openai' | 'elevenlabs' | 'gemini', Loopback>
const today = '2026-11-23'

/** The three stand-ins, with keys and addresses in the environment, until the test is over. */
export async function startServices(options: Parameters<typeof startOpenAI>[0] = {}): Promise<Servers> {
  // A key of its own, so that each test has its own limits.
  const key = (service: string) => `test-key-${service}-${randomBytes(12).toString('hex')}`
  const keys = { openai: key('openai'), elevenlabs: key('elevenlabs'), gemini: key('gemini') }
  const servers = {
    openai: await startOpenAI({ ...options, key: keys.openai }),
    elevenlabs: await startElevenLabs({ ...options, key: keys.elevenlabs }),
    gemini: await startGemini({ ...options, key: keys.gemini }),
  }
  const environment = {
    OPENAI_API_KEY: keys.openai,
    OPENAI_BASE_URL: `${servers.openai.url}/v1`,
    ELEVENLABS_API_KEY: keys.elevenlabs,
    ELEVENLABS_BASE_URL: servers.elevenlabs.url,
    GEMINI_API_KEY: keys.gemini,
    GOOGLE_GEMINI_BASE_URL: servers.gemini.url,
  }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    await Promise.all(Object.values(servers).map((server) => server.close()))
  })
  return servers
}

/** Waits between tries pass a hundred times as fast. */
export function hurry(): void {
  const { timer } = clock
  clock.timer = (run, ms) => setTimeout(run, ms / 100)
  onTestFinished(() => void (clock.timer = timer))
}

export type Gathered = { narration: Narration; plan: Plan; pictures: Uint8Array[]; music: Uint8Array | undefined }

/** A video of these wishes and all that is made for it before it is put together, in the workflow's order. */
export async function newVideo(wishes: object, models: Parameters<typeof chooseModels>[0]) {
  const { choices } = chooseModels(models, { available: ['openai', 'elevenlabs', 'gemini'], today })
  const ports = await portsFor(wishes, undefined, choices)
  return {
    ports,
    gather: (signal?: AbortSignal) => gather(signal ? { ...ports, signal } : ports),
    calls: async () => (await ports.videos.calls(videoId)).filter(({ provider }) => provider !== 'embedded'),
  }
}

async function gather(ports: StagePorts): Promise<Gathered> {
  const { scriptKey } = await stages.write({ videoId }, ports)
  const [narrated, planned, scored] = await Promise.allSettled([
    stages.narrate({ videoId, scriptKey }, ports),
    stages.plan({ videoId, scriptKey }, ports).then(async ({ planKey, scenes }) => ({
      planKey,
      keys: await allOf(scenes.map((scene) => stages.illustrate({ videoId, scriptKey, planKey, scene }, ports))),
    })),
    stages.score({ videoId, scriptKey }, ports),
  ])
  const { narrationKey } = valueOf(narrated)
  const { planKey, keys } = valueOf(planned)
  const { musicKey } = valueOf(scored)
  return {
    narration: (await readJson(ports.objects, narrationKey)) as Narration,
    plan: (await readJson(ports.objects, planKey)) as Plan,
    pictures: await Promise.all(keys.map(({ pictureKey }) => ports.objects.get(pictureKey))),
    music: musicKey === null ? undefined : await ports.objects.get(musicKey),
  }
}

/** All come to their end before the first failure is told, so that nothing goes on behind a test's back. */
async function allOf<Value>(work: Promise<Value>[]): Promise<Value[]> {
  return (await Promise.allSettled(work)).map(valueOf)
}

function valueOf<Value>(settled: PromiseSettledResult<Value>): Value {
  if (settled.status === 'rejected') throw settled.reason
  return settled.value
}

/** What must hold whatever went wrong: every request was an intent before, and every answer that was served is billed. */
export function booksOf(calls: CallRecord[], servers: Servers) {
  const received = Object.values(servers).flatMap((server) => server.received)
  const outcomes = (wanted: string[]) => received.filter(({ outcome }) => wanted.includes(outcome)).length
  return {
    requests: received.length,
    intents: calls.filter(({ outcome }) => outcome !== 'not made').length,
    served: outcomes(['ok', 'slow']),
    made: calls.filter(({ outcome }) => outcome === 'made').length,
    brokenOff: outcomes(['stall', 'cut', 'reset', 'html']),
    lost: calls.filter(({ outcome }) => outcome === 'lost').length,
    invalid: outcomes(['invalid']),
    open: calls.filter(({ settledAt }) => settledAt === undefined).length,
  }
}
