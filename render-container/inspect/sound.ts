// Listens to all of the sound: loudness, peak, silence where words should be, and where it starts and ends.
import { Demuxer } from 'node-av/api'
import type { Stream } from 'node-av/lib'
import type { Finding } from '../../core/ports.ts'
import type { TimedWord, Timeline } from '../../core/timeline.ts'
import { framesOf } from '../graph.ts'
import { SAMPLE_RATE, TARGET_LUFS, source } from '../sound/chain.ts'

export type InspectSoundTask = { videoPath: string; timeline: Timeline; hasNarration: boolean; hasSound: boolean }

const LOUDNESS_TOLERANCE_LU = 1
const HIGHEST_PEAK_DB = -1
const SILENCE_DB = -50
const LONGEST_SILENCE_S = 1
const MOST_START_OFFSET_S = 0.005
const WINDOW_S = 0.02
/** The loudness meter hears nothing shorter than one of its blocks (EBU Tech 3341). */
const SHORTEST_METERED_S = 0.4

export async function inspectSound(task: InspectSoundTask): Promise<Finding[]> {
  const heard = await listen(task.videoPath).catch((error: unknown) => String(error))
  if (typeof heard === 'string') return [{ check: 'sound decodes', ok: false, measured: heard, wanted: 'no error' }]
  const found: Finding[] = [
    { check: 'sound decodes', ok: true, measured: `${heard.windowsDb.length * WINDOW_S} s`, wanted: 'no error' },
    ...inspectEnds(task),
  ]
  if (task.hasSound && task.timeline.durationFrames / task.timeline.fps >= SHORTEST_METERED_S)
    found.push(
      {
        check: 'loudness',
        ok: isAsLoudAsWanted(heard.lufs, task),
        measured: `${heard.lufs.toFixed(1)} LUFS`,
        wanted: `${TARGET_LUFS} ± ${LOUDNESS_TOLERANCE_LU} LUFS`,
      },
      {
        check: 'true peak',
        ok: heard.peakDb <= HIGHEST_PEAK_DB,
        measured: `${heard.peakDb.toFixed(1)} dBTP`,
        wanted: `at most ${HIGHEST_PEAK_DB} dBTP`,
      },
    )
  if (task.hasNarration) {
    // An estimated time may well lie in a speaker's pause.
    const words = task.timeline.words.filter(({ timeFrom }) => timeFrom !== 'estimate')
    const longest = longestSilence(heard.windowsDb, words)
    found.push({
      check: 'silence under words',
      ok: longest.seconds <= LONGEST_SILENCE_S,
      measured: `${longest.seconds.toFixed(2)} s${longest.seconds > 0 ? ` at ${longest.atS.toFixed(2)} s` : ''}`,
      wanted: `at most ${LONGEST_SILENCE_S} s`,
    })
  }
  return found
}

/** Effects and the sound of a user's own clips alone may be a few quiet moments, or none. */
function isAsLoudAsWanted(lufs: number, { hasNarration, timeline }: InspectSoundTask): boolean {
  const isQuietAllowed = !hasNarration && !timeline.music
  const overLu = lufs - TARGET_LUFS
  return overLu <= LOUDNESS_TOLERANCE_LU && (isQuietAllowed || overLu >= -LOUDNESS_TOLERANCE_LU)
}

/** One pass: FFmpeg's meter, and the level of every 20 ms. */
async function listen(path: string): Promise<{ lufs: number; peakDb: number; windowsDb: number[] }> {
  const windowSamples = WINDOW_S * SAMPLE_RATE
  const windowsDb: number[] = []
  let lufs = -Infinity
  let peak = 0
  let [energy, count] = [0, 0]
  const graph = `${source(path)},ebur128=metadata=1:peak=true,aformat=sample_fmts=fltp:channel_layouts=mono[out]`
  for await (const frame of framesOf(graph, 'abuffersink')) {
    const metadata = frame.getMetadata()
    lufs = Number(metadata.get('lavfi.r128.I') ?? lufs)
    peak = Math.max(peak, Number(metadata.get('lavfi.r128.true_peak') ?? 0))
    const bytes = frame.data![0]!
    for (const sample of new Float32Array(bytes.buffer, bytes.byteOffset, frame.nbSamples)) {
      energy += sample * sample
      if (++count < windowSamples) continue
      windowsDb.push(10 * Math.log10(energy / windowSamples))
      energy = count = 0
    }
  }
  return { lufs, peakDb: 20 * Math.log10(peak), windowsDb }
}

/** Of each silent stretch, only the time in which a word is being said counts: people pause between sentences. */
function longestSilence(windowsDb: number[], words: TimedWord[]): { seconds: number; atS: number } {
  let longest = { seconds: 0, atS: 0 }
  let [silent, startS, word] = [0, 0, 0]
  for (const [index, db] of windowsDb.entries()) {
    const atS = index * WINDOW_S
    while (word < words.length && words[word]!.endMs <= atS * 1000) word++
    const isWord = (words[word]?.startMs ?? Infinity) <= atS * 1000
    if (silent === 0) startS = atS
    silent = db > SILENCE_DB ? 0 : silent + (isWord ? WINDOW_S : 0)
    if (silent > longest.seconds) longest = { seconds: silent, atS: startS }
  }
  return longest
}

function inspectEnds({ videoPath, timeline }: InspectSoundTask): Finding[] {
  using demuxer = Demuxer.openSync(videoPath)
  const [video, audio] = [demuxer.video(), demuxer.audio()]
  if (!video || !audio) return [{ check: 'tracks', ok: false, measured: 'one missing', wanted: 'picture and sound' }]
  const [videoStart, videoEnd] = ends(video)
  const [audioStart, audioEnd] = ends(audio)
  const wantedS = timeline.durationFrames / timeline.fps
  const frameS = 1 / timeline.fps
  const ms = (time: number) => `${(1000 * time).toFixed(1)} ms`
  return [
    {
      check: 'duration',
      ok: Math.abs(videoEnd - wantedS) <= frameS,
      measured: `${videoEnd.toFixed(3)} s`,
      wanted: `${wantedS.toFixed(3)} s ± 1 frame`,
    },
    {
      check: 'sound starts with the picture',
      ok: Math.abs(audioStart - videoStart) <= MOST_START_OFFSET_S,
      measured: ms(audioStart - videoStart),
      wanted: `within ${ms(MOST_START_OFFSET_S)}`,
    },
    {
      check: 'sound ends with the picture',
      ok: Math.abs(audioEnd - videoEnd) <= frameS,
      measured: ms(audioEnd - videoEnd),
      wanted: `within ${ms(frameS)}`,
    },
  ]
}

/** In seconds. */
function ends({ startTime, duration, timeBase }: Stream): [start: number, end: number] {
  const seconds = (time: bigint) => (Number(time) * timeBase.num) / timeBase.den
  return [seconds(startTime), seconds(startTime + duration)]
}
