// The fixed minute that everything is measured on, or more or less of it: photo-like pictures that move, crossfades,
// captions with the spoken word highlighted, a voice and music. The same bytes on every machine.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { QualityId } from '../../../core/output.ts'
import type { Motion, Timeline, TimelineScene } from '../../../core/timeline.ts'
import { photo } from './photo.ts'
import { writeMusic, writeVoice } from './sound.ts'
import { speak } from './speech.ts'

export type MinuteOptions = { seconds: number; scenes: number; quality: QualityId }
/** Plain data, for any process. `files`: the path of each object that the timeline names. */
export type Minute = { timeline: Timeline; files: Record<string, string> }
export type Media = { folder: string; photos: string[]; otherPhoto: string; music: string }

const FRAME = { width: 1080, height: 1920, fps: 30 }
const PHOTOS = 7
/** 0.4 s. */
const CROSSFADE_FRAMES = 12

/** Pictures and music, for films of any length. */
export async function makeMedia(folder: string): Promise<Media> {
  await mkdir(folder, { recursive: true })
  const photos = Array.from({ length: PHOTOS }, (_, number) => join(folder, `photo-${number + 1}.jpg`))
  const otherPhoto = join(folder, 'photo-other.jpg')
  for (const [number, path] of [...photos, otherPhoto].entries()) await writeFile(path, photo(number + 1))
  const music = join(folder, 'music.wav')
  await writeMusic(music)
  return { folder, photos, otherPhoto, music }
}

/** Exactly `seconds * 30` frames of 1080x1920 px; its voice is written here. */
export async function minuteOf(media: Media, { seconds, scenes, quality }: MinuteOptions): Promise<Minute> {
  const durationMs = seconds * 1000
  const { words, cues } = speak(durationMs, FRAME.fps)
  const durationFrames = Math.round(seconds * FRAME.fps)
  const voice = join(media.folder, `voice-${seconds}.wav`)
  await writeVoice(voice, words, durationMs)
  const timeline: Timeline = {
    version: 2,
    title: 'A river',
    language: 'en',
    ...FRAME,
    durationFrames,
    durationMs,
    scenes: scenesOf(scenes, durationFrames),
    words,
    cues,
    narration: { key: 'voice', startMs: 0, durationMs },
    music: { key: 'music', mood: 'warm' },
    clipSounds: [],
    effects: [],
    captions: { look: 'highlight' },
    watermark: undefined,
    logo: undefined,
    progressBar: undefined,
    output: { codec: 'h264', quality, hls: false },
  }
  const pictures = timeline.scenes.map(({ media: { key } }, at) => [key, media.photos[at % PHOTOS]!])
  return { timeline, files: { ...Object.fromEntries(pictures), voice, music: media.music } }
}

/** The same film with another picture in its middle scene. */
export function withOtherPicture({ timeline, files }: Minute, media: Media): Minute {
  const { key } = timeline.scenes[Math.floor(timeline.scenes.length / 2)]!.media
  return { timeline, files: { ...files, [key]: media.otherPhoto } }
}

/** All about as long. No word belongs to them here: the renderer cuts by frames. */
function scenesOf(count: number, durationFrames: number): TimelineScene[] {
  const edge = (scene: number) => Math.round((scene * durationFrames) / count)
  return Array.from({ length: count }, (_, index) => ({
    index,
    role: 'scene',
    text: '',
    firstWord: 0,
    lastWord: -1,
    media: { kind: 'picture', key: `picture-${index}`, fit: 'cover' },
    prompt: '',
    motion: motionOf(index),
    firstFrame: edge(index),
    lastFrame: edge(index + 1) - 1,
    transition: index === 0 ? { kind: 'cut', frames: 0 } : { kind: 'crossfade', frames: CROSSFADE_FRAMES },
  }))
}

/** One of each kind in seven but the turned one, which costs three times as much to paint; in a longer film no two scenes move alike, or one part would serve both. */
function motionOf(index: number): Motion {
  const middle = { x: 0.5, y: 0.5 }
  const more = Math.floor(index / MOTIONS.length) * 0.002
  const { kind, from, to } = MOTIONS[index % MOTIONS.length]!
  return { kind, from: { ...middle, ...from }, to: { ...middle, ...to, zoom: to.zoom + more } }
}

const MOTIONS: {
  kind: Motion['kind']
  from: Partial<Motion['from']> & { zoom: number }
  to: Partial<Motion['to']> & { zoom: number }
}[] = [
  { kind: 'zoom-in', from: { zoom: 1 }, to: { zoom: 1.15 } },
  { kind: 'pan-right', from: { zoom: 1.1, x: 0.4 }, to: { zoom: 1.1, x: 0.6 } },
  { kind: 'zoom-out', from: { zoom: 1.15 }, to: { zoom: 1 } },
  { kind: 'drift', from: { zoom: 1.08, x: 0.46, y: 0.47 }, to: { zoom: 1.12, x: 0.54, y: 0.53 } },
  { kind: 'pan-up', from: { zoom: 1.08, y: 0.6 }, to: { zoom: 1.08, y: 0.4 } },
  { kind: 'pan-left', from: { zoom: 1.1, x: 0.6 }, to: { zoom: 1.1, x: 0.4 } },
  { kind: 'pan-down', from: { zoom: 1.08, y: 0.4 }, to: { zoom: 1.08, y: 0.6 } },
]
