// What is heard in a video, decoded and levelled: narration, music, clips and effects become tracks of the mix.
import { join } from 'node:path'
import { InputError } from '../../core/errors.ts'
import { BLOCK, blocksIn, linear } from './blocks.ts'
import { MUSIC_LUFS, NARRATION_LUFS, SAMPLE_RATE, clipGraph, musicGraph, narrationGraph } from './chain.ts'
import { musicGains, musicSpan, type Room } from './ducking.ts'
import { levelVoice, type LevelledVoice } from './levelling.ts'
import { integratedLufs } from './loudness.ts'
import type { SoundTask } from './master.ts'
import type { Track } from './mix.ts'
import { bedOf, planLoop } from './music.ts'
import { declaredSeconds, noticesOf, openRecording, readClip, record, type Recording } from './recording.ts'
import { makeWhoosh, mirrored, spacedOut } from './whoosh.ts'

export type Sources = {
  tracks: Track[]
  /** Whether there is anything but effects and silence. */
  hasProgramme: boolean
  notices: string[]
  close: () => void
}
/** The narration's track, and its levels, for the music to make room. */
type Voice = { track: Track; levelled: LevelledVoice }

const samplesAt = (ms: number) => Math.round((ms * SAMPLE_RATE) / 1000)

/** Decodes into `folder`. Throws InputError that names the source which cannot be used. */
export async function openSources(task: SoundTask, folder: string): Promise<Sources> {
  const opened: { close: () => void }[] = []
  const notices: string[] = []
  const open = (recording: Recording) => {
    const reader = openRecording(recording)
    opened.push(reader)
    return reader.read
  }
  const desk = { task, open, notices, pathOf: (name: string) => join(folder, `${name}.f32`) }
  const close = () => {
    for (const reader of opened) reader.close()
  }
  try {
    const voice = await openNarration(desk)
    const clips = await openClips(desk)
    const music = await openMusic(desk, voice)
    const programme = [voice?.track, music, ...clips].filter((track) => track !== undefined)
    return { tracks: [...programme, ...effectTracks(task)], hasProgramme: programme.length > 0, notices, close }
  } catch (error) {
    close()
    throw error
  }
}

type Desk = {
  task: SoundTask
  open: (recording: Recording) => Track['read']
  notices: string[]
  pathOf: (name: string) => string
}

async function openNarration({ task, open, notices, pathOf }: Desk): Promise<Voice | undefined> {
  if (!task.narration) return undefined
  const { path, startMs } = task.narration
  const start = samplesAt(startMs)
  const mostSamples = Math.max(0, task.samples - start)
  if (mostSamples === 0) return undefined
  const make = (channel?: number) =>
    record({ graph: narrationGraph(path, channel), channels: 1, mostSamples, path: pathOf('narration') })
  let recording = await make()
  notices.push(...noticesOf(recording, 'the narration', wantedSeconds(path, mostSamples)))
  let levelled = levelVoice(recording.powers)
  if (!levelled) {
    // Silence, or two channels that are each other's opposite.
    recording = await make(0)
    levelled = levelVoice(recording.powers)
  }
  if (!levelled) return undefined
  const { samples } = recording
  return { levelled, track: { read: open(recording), channels: 1, start, samples, gains: levelled.gains } }
}

function wantedSeconds(path: string, mostSamples: number): number {
  return Math.min(declaredSeconds(path), mostSamples / SAMPLE_RATE)
}

/** Decoded beyond what is needed, for silence at the start that is skipped. */
const SPARE_SAMPLES = 10 * SAMPLE_RATE

async function openMusic({ task, open, notices, pathOf }: Desk, voice: Voice | undefined): Promise<Track | undefined> {
  const { musicPath: path, samples: total, clipSounds } = task
  if (path === undefined) return undefined
  const room: Room = {
    blocks: blocksIn(total),
    voice: voice && { ...voice.levelled, from: Math.round(voice.track.start / BLOCK) },
    clips: clipSounds.map(({ startMs, durationMs }) => ({
      from: Math.min(blocksIn(total), blocksIn(samplesAt(startMs))),
      to: Math.min(blocksIn(total), blocksIn(samplesAt(startMs + durationMs))),
    })),
  }
  const span = musicSpan(room)
  const blocks = span.to - span.from
  const mostSamples = blocks * BLOCK + SPARE_SAMPLES
  const recording = await record({ graph: musicGraph(path), channels: 2, mostSamples, path: pathOf('music') })
  notices.push(...noticesOf(recording, 'the music', wantedSeconds(path, mostSamples)))
  const lufs = integratedLufs(recording.powers)
  if (lufs === undefined || blocks === 0) return undefined
  const read = open(recording)
  const bed = bedOf(recording, read, planLoop(recording, read, blocks * BLOCK))
  const level = linear(MUSIC_LUFS - lufs)
  const powers = bed.powers(blocks).map((power) => power * level ** 2)
  const gains = musicGains(powers, span, room).map((gain) => gain * level)
  return { read: bed.read, channels: 2, start: span.from * BLOCK, samples: blocks * BLOCK, gains }
}

/** A clip that is all but silent is not made into a clip of noise. */
const MOST_CLIP_GAIN_DB = 25
const CLIP_EDGE_BLOCKS = 0.02 * (SAMPLE_RATE / BLOCK)

async function openClips({ task, open, notices, pathOf }: Desk): Promise<Track[]> {
  const tracks: Track[] = []
  for (const [index, { path, fromMs, startMs, durationMs }] of task.clipSounds.entries()) {
    const info = readClip(path)
    const role = `the clip at ${(startMs / 1000).toFixed(1)} s`
    if (!info) throw new InputError(`${role} cannot be opened; save it again as MP4 or WebM`)
    const start = samplesAt(startMs)
    const mostSamples = Math.min(samplesAt(durationMs), task.samples - start)
    const fromS = fromMs / 1000
    if (!info.hasSound || mostSamples <= 0) continue
    const graph = clipGraph({ path, fromS, startS: info.startS })
    const recording = await record({ graph, channels: 2, mostSamples, path: pathOf(`clip-${index}`) })
    // A clip whose sound track ends early, or has not a sample where it is wanted, is silent from there on.
    if (recording.failure !== undefined) notices.push(`the sound of ${role} breaks off; it is silent from there on`)
    const lufs = integratedLufs(recording.powers)
    if (lufs === undefined) continue
    const level = linear(Math.min(MOST_CLIP_GAIN_DB, NARRATION_LUFS - lufs))
    const blocks = recording.powers.length
    const gains = Float32Array.from({ length: blocks + 1 }, (_, edge) => {
      return level * Math.min(1, edge / CLIP_EDGE_BLOCKS, (blocks - edge) / CLIP_EDGE_BLOCKS)
    })
    tracks.push({ read: open(recording), channels: 2, start, samples: recording.samples, gains })
  }
  return tracks
}

/** They move through the picture in turns: to the right, to the left. */
function effectTracks({ effects }: SoundTask): Track[] {
  if (effects.length === 0) return []
  const whoosh = makeWhoosh()
  const sides = [whoosh.samples, mirrored(whoosh.samples)]
  const length = whoosh.samples.length / 2
  return spacedOut(effects.map(({ atMs }) => atMs)).map((atMs, index) => ({
    read: (first, count) => sides[index % 2]!.subarray(2 * first, 2 * (first + count)),
    channels: 2,
    start: samplesAt(atMs) - whoosh.peakAt,
    samples: length,
    gains: undefined,
  }))
}
