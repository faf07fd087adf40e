import * as z from 'zod'
import { ServiceError } from '../errors.ts'
import { estimateTimes } from '../estimate.ts'
import { assetKey } from '../keys.ts'
import { firstToMake, wasReplaced } from '../ladder.ts'
import { joinPieces, piecesOf } from '../narration.ts'
import { json, onceJson, readJson } from '../once.ts'
import { have } from '../orders.ts'
import type { CharacterTimes, HeardWord, Line, Sound, Span, SpeechBrief, TimeSource, WordTime } from '../ports.ts'
import { activeVideoOf } from '../records.ts'
import type { Providers, StagePorts } from '../stage.ts'
import { timing } from '../story.ts'
import { soundOf, wavOf } from '../wav.ts'
import {
  agreesWith,
  estimateWithin,
  silencesOf,
  soundingSpanOf,
  timesFromCharacters,
  timesFromHeard,
} from '../word-times.ts'
import { textOf } from '../words.ts'
import type { Script } from './write.ts'

export const NarrateInput = z.object({ videoId: z.string(), scriptKey: z.string() })

/** `speech` is the key of the sound; absent when the narration is silent. */
export type Narration = {
  speech?: string
  durationMs: number
  times: WordTime[]
  timesFrom: TimeSource
  notice?: string
}
type Speaker = Extract<Providers['narrators'][number], { kind: 'speaker' }>
type Narrator = Extract<Providers['narrators'][number], { kind: 'narrator' }>
type Task = {
  video: Awaited<ReturnType<typeof activeVideoOf>>
  line: Line
  ports: StagePorts
  aligners: Providers['aligners']
}
/** What is kept of a piece that a service said, beside its sound. */
type Spoken = { speech: string; characterTimes?: CharacterTimes }

/** The voice, with a start and an end for every word. */
export async function narrate({ videoId, scriptKey }: z.infer<typeof NarrateInput>, ports: StagePorts) {
  const video = await activeVideoOf(ports.videos, videoId)
  const { words, language } = (await readJson(ports.objects, scriptKey)) as Script
  const { narrators, aligners } = ports.providers(video.request.choices)
  const task = { video, line: { words, language, voice: video.request.voice }, ports, aligners }
  const narration = await firstToMake(narrators, (by) =>
    by.kind === 'speaker' ? speak(task, by) : narrateWith(task, by),
  )
  const narrationKey = assetKey(video.owner, 'narration', narration)
  await ports.objects.put(narrationKey, json(narration), { contentType: 'application/json', ifAbsent: true })
  return { narrationKey, durationMs: narration.durationMs, timesFrom: narration.timesFrom }
}

/** All of the line at once, sound and times. */
async function narrateWith({ video, line, ports }: Task, narrator: Narrator): Promise<Narration> {
  const { provider, model } = narrator
  const parts = [provider, model, narrator.request(line)]
  const key = assetKey(video.owner, 'spoken', ...parts)
  return onceJson<Narration>(ports, { video, stage: 'narrate', key, by: narrator }, async (making) => {
    const { audio, ...narration } = await narrator.make(line, making)
    if (!audio) return narration
    const speech = assetKey(video.owner, 'speech', ...parts)
    await ports.objects.put(speech, audio, { contentType: 'audio/wav' })
    return { ...narration, speech }
  })
}

/** A service says it in pieces that it can take, all at once; each is bought once, and then its times are found. */
async function speak(task: Task, speaker: Speaker): Promise<Narration> {
  const { video, line, ports } = task
  const spans = piecesOf(line.words, speaker.maxCharacters)
  // All of them come to an end before somebody else is asked: what is under way is paid for.
  const settled = await Promise.allSettled(spans.map((span) => pieceOf(task, speaker, span)))
  const said = settled.map((piece) => {
    if (piece.status === 'rejected') throw piece.reason
    return piece.value
  })
  const { sound, times, durationMs } = joinPieces(said)
  const keys = said.map((piece) => piece.speech)
  const speech = assetKey(video.owner, 'speech', 'joined', keys)
  await ports.objects.put(speech, wavOf(sound), { contentType: 'audio/wav', ifAbsent: true })
  const timesFrom = worstOf(said.map((piece) => piece.timesFrom))
  const notice =
    timesFrom === 'estimate'
      ? { notice: 'the times of the words are estimates: neither the voice nor an aligner could tell them' }
      : {}
  return { speech, durationMs, times, timesFrom, ...notice }
}

type Timed = { speech: string; sound: Sound; times: WordTime[]; timesFrom: TimeSource }

async function pieceOf(task: Task, speaker: Speaker, span: Span): Promise<Timed> {
  const { video, line, ports } = task
  const { words, language, voice } = line
  const text = textOf(words, span.firstWord, span.lastWord)
  const before = textOf(words, 0, span.firstWord - 1)
  const after = textOf(words, span.lastWord + 1, words.length - 1)
  const brief: SpeechBrief = { text, before, after, language, voice }
  const parts = [speaker.provider, speaker.model, speaker.request(brief)]
  const key = assetKey(video.owner, 'spoken', ...parts)
  if (await isReplaced(task, key)) throw outOfOrder(speaker.provider)
  await have({ kind: 'spoken', by: speaker, key, brief, video, stage: 'narrate' }, ports)
  const { speech, characterTimes } = (await readJson(ports.objects, key)) as Spoken
  const sound = soundOf(await ports.objects.get(speech))
  return { speech, sound, ...(await timesOf(task, { speech, sound, characterTimes }, span)) }
}

/** From the voice itself, else from whoever hears it in the sound, else estimated and labelled so. */
async function timesOf(
  task: Task,
  { speech, sound, characterTimes }: { speech: string; sound: Sound; characterTimes?: CharacterTimes },
  span: Span,
): Promise<{ times: WordTime[]; timesFrom: TimeSource }> {
  const { video, line, ports, aligners } = task
  const words = line.words.slice(span.firstWord, span.lastWord + 1)
  const told = characterTimes && timesFromCharacters(words, characterTimes)
  if (told && agreesWith(told, sound)) return { times: told, timesFrom: 'voice' }
  const brief = { sound, words, language: line.language }
  const heardBy = (aligner: Providers['aligners'][number]) => async () => {
    const { provider, model, timesFrom } = aligner
    const key = assetKey(video.owner, 'heard', provider, model, speech, aligner.request(brief))
    if (await isReplaced(task, key)) throw outOfOrder(provider)
    const asked = { speech, words, language: line.language }
    const wish = { kind: 'heard', by: aligner, key, brief: asked, video, stage: 'narrate', about: timing } as const
    await have(wish, ports).catch(passOnAccount)
    const times = timesFromHeard(words, (await readJson(ports.objects, key)) as HeardWord[])
    if (times && agreesWith(times, sound)) return { times, timesFrom }
    throw new ServiceError('BrokenAnswerError', `${provider} heard other words than were said`, { charges: [] })
  }
  const estimated = () => {
    const within = soundingSpanOf(sound)
    const times = within
      ? estimateWithin(words, line.language, within, silencesOf(sound, shortestPauseMs))
      : estimateTimes(words, line.language).times
    return Promise.resolve({ times, timesFrom: 'estimate' as const })
  }
  return firstToMake([...aligners.map(heardBy), estimated], (rung) => rung())
}

/** The words can be timed otherwise, so what an account does not allow here stops no video. */
function passOnAccount(error: unknown): never {
  if (!(error instanceof ServiceError) || error.name !== 'AccountError') throw error
  throw new ServiceError('BrokenAnswerError', error.message, { charges: error.charges, cause: error })
}

/** Shorter ones lie within words. */
const shortestPauseMs = 250

/** Whether somebody else stood in for this maker before this run was stopped. */
async function isReplaced({ video, ports }: Task, key: string): Promise<boolean> {
  const calls = (await ports.videos.calls(video.id)).filter(({ stage }) => stage === 'narrate')
  return wasReplaced(calls, key)
}

function outOfOrder(provider: string): ServiceError {
  return new ServiceError('BrokenAnswerError', `${provider} was out of order in this video`, { charges: [] })
}

const bestFirst: TimeSource[] = ['voice', 'alignment', 'transcription', 'estimate']

function worstOf(sources: TimeSource[]): TimeSource {
  return bestFirst[Math.max(...sources.map((source) => bestFirst.indexOf(source)))]!
}
