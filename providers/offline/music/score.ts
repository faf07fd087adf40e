// Music that fits a mood, synthesised here: at most 96 seconds of it, composed to loop, as often as the video needs.
import { InputError } from '../../../core/errors.ts'
import type { MusicBrief } from '../../../core/ports.ts'
import type { EmbeddedMaker } from '../embedded.ts'
import { arrange, barsPerPhrase, beatsPerBar } from './arrange.ts'
import { sampleRate } from './loop.ts'
import { master, wavOf } from './master.ts'
import { moodMusic } from './moods.ts'
import { breathe, play } from './play.ts'
import { addReverb } from './reverb.ts'

/** Longer music repeats whole phrases: it bounds time (about 2 s of CPU a minute) and memory (about 120 MB). */
const longestLoopMs = 96_000
/** How far the tempo may leave the mood's to make the loop whole phrases. */
const tempoLeeway = 0.12

/** Throws InputError for a mood that it does not know. The same brief gives the same bytes. */
export const score: EmbeddedMaker<MusicBrief, Uint8Array> = async ({ mood, durationMs, seed }, signal) => {
  const music = Object.entries(moodMusic).find(([id]) => id === mood)?.[1]
  if (!music)
    throw new InputError(`music '${mood}' is none we can play: give one of ${Object.keys(moodMusic).join(', ')}`)
  if (!(durationMs > 0)) throw new InputError(`music of ${durationMs} ms cannot be made: give a length above 0`)
  signal.throwIfAborted()

  const samples = Math.max(1, Math.round((durationMs * sampleRate) / 1000))
  const repeats = repeatsFor(samples)
  const length = Math.ceil(samples / repeats)
  const beats = beatsFor(length, music.beatsPerMinute)
  const { dry, wet } = await play(arrange(music, beats, seed), length, length / beats, signal)
  addReverb(dry, wet, music.reverb)
  await breathe(signal)
  master(dry)
  await breathe(signal)
  const units = samples / sampleRate
  return {
    made: wavOf(dry, samples),
    charges: [{ provider: 'embedded', model: 'synth-1', unit: 'seconds', units, costMicroUsd: 0 }],
  }
}

/**
 * How often a loop of bearable length fits, to the sample: any whole number of milliseconds, of 48 samples each,
 * divides by 2, 3, 4, 6 … Of other lengths the last repeat loses fewer samples than there are repeats.
 */
function repeatsFor(samples: number): number {
  const fewest = Math.ceil(samples / ((longestLoopMs * sampleRate) / 1000))
  for (let repeats = fewest; repeats <= fewest * 2; repeats++) if (samples % repeats === 0) return repeats
  return fewest
}

/** Whole phrases if the tempo allows, else half phrases, else bars; below a bar, beats. */
function beatsFor(length: number, beatsPerMinute: number): number {
  const wanted = (length / sampleRate / 60) * beatsPerMinute
  for (const bars of [barsPerPhrase, barsPerPhrase / 2, 1]) {
    const unit = bars * beatsPerBar
    const beats = Math.round(wanted / unit) * unit
    if (beats > 0 && Math.abs(beats / wanted - 1) <= tempoLeeway) return beats
  }
  return Math.max(1, Math.round(wanted))
}
