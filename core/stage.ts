// What a stage is handed besides its input. The shells (local/, lambdas/, render-container/) build it.
import type { Choices } from './models.ts'
import type { Order } from './orders.ts'
import type {
  Aligner,
  Composer,
  Illustrator,
  Inspector,
  Musician,
  Narrator,
  ObjectStore,
  Planner,
  Previewer,
  Softener,
  Speaker,
  Translator,
  VideoStore,
  Writer,
} from './ports.ts'

/**
 * Who makes what, in the order in which they are asked: the one chosen, then who stands in when that one refuses or is
 * out of order. The last of planners, narrators and musicians
 * makes something in any case; nobody embedded writes or translates.
 */
export type Providers = {
  writers: Writer[]
  translators: Translator[]
  planners: Planner[]
  /** Rewrites a prompt that was refused; none without a service for it. */
  softeners: Softener[]
  illustrators: Illustrator[]
  /** Who makes the picture when none of them did. */
  standIns: { refused: Illustrator; outOfOrder: Illustrator }
  /** Speakers give sound; their words' times come from them or from an aligner. A narrator gives both at once. */
  narrators: (({ kind: 'speaker' } & Speaker) | ({ kind: 'narrator' } & Narrator))[]
  aligners: Aligner[]
  musicians: Musician[]
}

/** A folder for one stage's files, gone when the stage ends. */
export type Workspace = {
  dir: string
  /** An empty folder inside it. */
  scratchDir: string
  /** Copies an object into the folder and gives its path. */
  fetch: (key: string) => Promise<string>
  store: (path: string, key: string, contentType: string) => Promise<void>
  close: () => Promise<void>
}

/** `perSecond` and `secondsLeft` where they are known. */
export type Progress = {
  stage: string
  scene?: number
  done: number
  total: number
  unit: string
  perSecond?: number
  secondsLeft?: number
}

export type StagePorts = {
  objects: ObjectStore
  videos: VideoStore
  /** For the choices that a video was created with (core/models.ts). */
  providers: (choices: Choices | undefined) => Providers
  /** Has a service make something where its key is; absent where this process calls the services itself. */
  order?: (order: Order) => Promise<void>
  compose: { version: string; run: Composer }
  inspect: Inspector
  preview: Previewer
  /** What renders, for the bill: '`name` of `provider`', and what an hour of it costs. */
  machine: { provider: string; name?: string; usdPerHour: number }
  /** Why it is rendered here and not where it was meant to be; a line for the user. */
  renderNote?: string | undefined
  /** Boots what renders; absent where it is always there. */
  warm?: (videoId: string) => Promise<void>
  fontsDir: string
  openWorkspace: () => Promise<Workspace>
  now: () => Date
  report: (progress: Progress) => void
  signal: AbortSignal
}
