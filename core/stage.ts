// What a stage is handed besides its input. The shells (local/, lambdas/, render-container/) build it.
import type {
  Composer,
  Illustrator,
  Inspector,
  Musician,
  Narrator,
  ObjectStore,
  Planner,
  Previewer,
  VideoStore,
} from './ports.ts'

/** `provider` and `model` name who makes it: they are part of an asset's key and of the bill. */
export type Provider<Make> = { provider: string; model: string; make: Make }

export type Providers = {
  planner: Provider<Planner>
  narrator: Provider<Narrator>
  illustrator: Provider<Illustrator>
  musician: Provider<Musician>
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
  providers: Providers
  compose: { version: string; run: Composer }
  inspect: Inspector
  preview: Previewer
  fontsDir: string
  openWorkspace: () => Promise<Workspace>
  now: () => Date
  report: (progress: Progress) => void
  signal: AbortSignal
}
