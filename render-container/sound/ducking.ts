// The music's gain over time: out of the way while somebody speaks, silent while a clip is heard, soft at both ends.
import { BLOCKS_PER_SECOND, linear, slopeLimited, smoothed } from './blocks.ts'

/** A stretch of the video, in blocks, the end not included. */
export type Span = { from: number; to: number }
/** What the music has to make room for, by block of the video. */
export type Room = {
  blocks: number
  /** K-weighted power of the narration, and whether somebody speaks. */
  voice: { powers: Float32Array; isSpeech: Uint8Array; from: number } | undefined
  clips: Span[]
}

/** While somebody speaks the music goes down by this, and further when that does not leave MARGIN_DB between them. */
const DUCK_DB = 11
const MARGIN_DB = 16
const DEEPEST_DUCK_DB = 40
/** Longer than the gaps between words and sentences, or the music would pump with every one of them. */
const HOLD = 0.7 * BLOCKS_PER_SECOND
/** Around a moment: words said softly and music that swells count, single syllables and beats do not. */
const AROUND = 0.5 * BLOCKS_PER_SECOND
const DUCK_FALL_S = 0.25
const DUCK_RISE_S = 0.7

const CLIP_FADE_S = 0.4
const FADE_IN_S = 0.8
const FADE_OUT_S = 2

/** The stretch in which there is music at all: clips at the start and the end of the video do without. */
export function musicSpan({ blocks, clips }: Pick<Room, 'blocks' | 'clips'>): Span {
  const span = { from: 0, to: blocks }
  for (const clip of clips.toSorted((a, b) => a.from - b.from))
    if (clip.from <= span.from) span.from = Math.max(span.from, clip.to)
  for (const clip of clips.toSorted((a, b) => b.to - a.to))
    if (clip.to >= span.to) span.to = Math.min(span.to, clip.from)
  return { from: Math.min(span.from, span.to), to: span.to }
}

/** On the edges of `span`'s blocks. `powers` is the music's, in that span and at the level that it has in pauses. */
export function musicGains(powers: Float32Array, span: Span, room: Room): Float32Array {
  const gains = room.voice ? duck(powers, span, room.voice) : new Float32Array(powers.length + 1).fill(1)
  const lastEdge = span.to - span.from
  for (let edge = 0; edge < gains.length; edge++) {
    const soft = softEnds(edge, lastEdge, room.blocks !== span.to)
    gains[edge]! *= soft * besideClips(span.from + edge, room.clips)
  }
  return gains
}

function duck(powers: Float32Array, span: Span, voice: NonNullable<Room['voice']>): Float32Array {
  const speech = heldOver(voice.isSpeech)
  const spoken = smoothed(
    voice.powers.map((power, at) => (voice.isSpeech[at] ? power : 0)),
    AROUND,
  )
  const share = smoothed(Float32Array.from(voice.isSpeech), AROUND)
  const music = smoothed(powers, AROUND / 2)
  const limits = new Float32Array(powers.length + 1).fill(1)
  for (let at = 0; at < powers.length; at++) {
    const said = span.from + at - voice.from
    if (!speech[said]) continue
    // Softer still where the words are soft or the music is loud; in a held gap, as in the words around it.
    const roomDb = share[said]! > 0.1 ? 10 * Math.log10(spoken[said]! / share[said]! / (music[at]! + 1e-20)) : Infinity
    const db = Math.max(-DEEPEST_DUCK_DB, Math.min(-DUCK_DB, roomDb - MARGIN_DB))
    limits[at] = Math.min(limits[at]!, linear(db))
    limits[at + 1] = linear(db)
  }
  const perBlock = (seconds: number) => linear(DUCK_DB / (seconds * BLOCKS_PER_SECOND))
  return slopeLimited(limits, perBlock(DUCK_FALL_S), perBlock(DUCK_RISE_S))
}

/** Speech with the gaps in it closed, unless they are long. */
function heldOver(isSpeech: Uint8Array): Uint8Array {
  const held = isSpeech.slice()
  let last = -Infinity
  for (let at = 0; at < held.length; at++) {
    if (!isSpeech[at]) continue
    if (at - last > 1 && at - last <= HOLD) held.fill(1, last, at)
    last = at
  }
  return held
}

/** From 0 up and down to 0 again; where a clip follows, as quickly as beside any clip. */
function softEnds(edge: number, lastEdge: number, isBeforeClip: boolean): number {
  const fadeIn = Math.min(FADE_IN_S * BLOCKS_PER_SECOND, lastEdge / 4)
  const fadeOut = Math.min((isBeforeClip ? CLIP_FADE_S : FADE_OUT_S) * BLOCKS_PER_SECOND, lastEdge / 4)
  return eased(edge / fadeIn) * eased((lastEdge - edge) / fadeOut)
}

function besideClips(edge: number, clips: Span[]): number {
  return clips.reduce((gain, { from, to }) => {
    const distance = edge < from ? from - edge : edge > to ? edge - to : 0
    return gain * eased(distance / (CLIP_FADE_S * BLOCKS_PER_SECOND))
  }, 1)
}

/** 0 to 1 without a corner; 1 beyond, and for a fade of no length. */
const eased = (progress: number) => (progress < 1 ? Math.sin((Math.PI / 2) * Math.max(0, progress)) ** 2 : 1)
