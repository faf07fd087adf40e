// What has been chosen so far; kept in this browser until a video was made of it.
import { effect, signal } from '@preact/signals'
import { keep, kept } from '../../kept.ts'
import { hasEnded, token } from '../../session.ts'

/** A file of the user's that has been sent. */
export type OwnFile = { id: string; name: string; kind: 'picture' | 'clip' | 'music' }

/** Texts as they stand in the fields: empty is 'not said'. */
export type Draft = {
  mode: 'script' | 'topic'
  script: string
  topic: string
  format: string
  style: string
  voice: string
  captionLook: string
  captionPosition: string
  captionSize: string
  captionFont: string
  captionAccent: string
  captionUpperCase: boolean
  music: string
  musicFile?: OwnFile
  logo?: OwnFile
  intro?: OwnFile
  outro?: OwnFile
  /** For the first scenes, in order. */
  media: OwnFile[]
  fit: string
  /** Scenes of the video that this is a copy of, where they bring more than files. */
  sceneList?: Record<string, unknown>[]
  title: string
  language: string
  keywords: string
  negativeKeywords: string
  seed: string
  scenes: string
  transition: string
  motion: string
  soundEffects: boolean
  resolution: string
  fps: string
  codec: string
  quality: string
  hls: boolean
  watermark: string
  progressBar: boolean
  titleCard: string
  titleCardText: string
  endCard: string
  preset: string
  /** By role. */
  models: Record<string, string>
  maxCostUsd: string
  webhookUrl: string
  /** Of a copied request, what has no field here. */
  rest: Record<string, unknown>
}

/** 'auto' and '' are the API's own choice. */
export const emptyDraft: Draft = {
  mode: 'script',
  script: '',
  topic: '',
  format: '9:16',
  style: 'warm-fable',
  voice: 'clara',
  captionLook: 'highlight',
  captionPosition: 'auto',
  captionSize: 'auto',
  captionFont: 'auto',
  captionAccent: '',
  captionUpperCase: false,
  music: 'auto',
  media: [],
  fit: 'cover',
  title: '',
  language: '',
  keywords: '',
  negativeKeywords: '',
  seed: '',
  scenes: '',
  transition: 'auto',
  motion: 'auto',
  soundEffects: false,
  resolution: '1080p',
  fps: '30',
  codec: 'h264',
  quality: 'standard',
  hls: false,
  watermark: '',
  progressBar: false,
  titleCard: 'none',
  titleCardText: '',
  endCard: '',
  preset: 'standard',
  models: {},
  maxCostUsd: '',
  webhookUrl: '',
  rest: {},
}

const place = 'clipforge.draft'

export const draft = signal<Draft>(keptDraft())

export function change(parts: Partial<Draft>): void {
  draft.value = { ...draft.value, ...parts }
}

/** The text is used up; the looks stay, because the next video of a channel looks like the last. */
export function clearText(): void {
  change({ script: '', topic: '', title: '', media: [], sceneList: undefined, seed: '', language: '', rest: {} })
}

effect(() => {
  const text = JSON.stringify(draft.value)
  keep(place, text === JSON.stringify(emptyDraft) ? undefined : text)
})

// The next to sign in here may be somebody else; who was only timed out finds the draft again.
let wasSignedIn = token.value !== undefined
effect(() => {
  const isSignedIn = token.value !== undefined
  if (wasSignedIn && !isSignedIn && !hasEnded.peek()) draft.value = emptyDraft
  wasSignedIn = isSignedIn
})

function keptDraft(): Draft {
  try {
    return { ...emptyDraft, ...(JSON.parse(kept(place) ?? '{}') as Partial<Draft>) }
  } catch {
    return emptyDraft
  }
}
