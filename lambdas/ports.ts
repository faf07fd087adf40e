// What a stage is handed in a Lambda. Everything is opened when it is first used: no function needs all of it.
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { StagePorts } from '../core/stage.ts'
import { providersFor } from '../providers/registry.ts'
import { RENDERER_VERSION } from '../render-container/version.ts'
import { type AwsStores, openAwsStores } from '../stores/aws.ts'
import { openWorkspace } from '../stores/workspace.ts'
import { orderUntil } from './order.ts'

const fontsDir = fileURLToPath(new URL('../assets/fonts', import.meta.url))

let opened: AwsStores | undefined

/** One set of clients a process. */
export function awsStores(): AwsStores {
  return (opened ??= openAwsStores())
}

/** `signal`: start nothing new once it has fired. */
export function stagePorts(signal: AbortSignal): StagePorts {
  return {
    get objects() {
      return awsStores().objects
    },
    get videos() {
      return awsStores().videos
    },
    providers: (choices) => providersFor(choices, new Date().toISOString().slice(0, 10)),
    order: orderUntil(signal),
    compose: {
      version: RENDERER_VERSION,
      run: async (...call) => (await import('../render-container/compose.ts')).compose(...call),
    },
    inspect: async (...call) => (await import('../render-container/inspect.ts')).inspect(...call),
    preview: async (...call) => (await import('../render-container/preview.ts')).preview(...call),
    // No Lambda renders; who does says so in what it leaves behind.
    machine: { provider: 'AWS', name: 'Lambda', usdPerHour: 0 },
    warm: async (videoId) => (await import('./warming.ts')).submitWarmJob(videoId),
    fontsDir,
    openWorkspace: () => openWorkspace(tmpdir(), awsStores().objects),
    now: () => new Date(),
    report: () => {},
    signal,
  }
}
