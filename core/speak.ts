// How a line comes to be said: by somebody embedded, or in pieces by a service, with a start and an end for every word.
import { ServiceError } from './errors.ts'
import { estimateTimes } from './estimate.ts'
import { assetKey } from './keys.ts'
import { firstToMake, wasReplaced } from './ladder.ts'
import { joinPieces, piecesOf, type TimedPiece } from './narration.ts'
import { onceJson, readJson } from './once.ts'
import { have } from './orders.ts'
import type {
  CharacterTimes,
  HeardWord,
  Line,
  Sound,
  Span,
  SpeechBrief,
  TimeSource,
  VideoRecord,
  WordTime,
} from './ports.ts'
import type { Providers, StagePorts } from './stage.ts'
import type { Narration } from './stages/narrate.ts'
import { timing } from './story.ts'
import { wavOf, soundOf } from './wav.ts'
import {
  agreesWith,
  estimateWithin,
  silencesOf,
  soundingSpanOf,
  timesFromCharacters,
  timesFromHeard,
} from './word-times.ts'
import { textOf } from './words.ts'

export type Speaker = Extract<Providers['narrators'][number], { kind: 'speaker' }>
type Narrator = Extract<Providers['narrators'][number], { kind: 'narrator' }>
export type Speaking = { video: VideoRecord; line: Line; ports: StagePorts; aligners: Providers['aligners'] }
/** What is kept of a piece that a service said, beside its sound. */
type Spoken = { speech: string; characterTimes?: CharacterTimes }

/** By that one alone, all of the line. Throws what whoever says it throws. */
export function narrated(task: Speaking, by: Providers['narrators'][number]): Promise<Narration> {
  return by.kind === 'speaker' ? speak(task, by) : narrateWith(task, by)
}

/** All of the line at once, sound and times. */
async function narrateWith({ video, line, ports }: Speaking, narrator: Narrator): Promise<Narration> {
  const { provider, model } = narrator
  const parts = [provider, model, narrator.request(line)]
  const key = assetKey(video.owner, 'spoken', ...parts)
  const purchase = { video, stage: 'narrate', key, by: narrator }
  const narration = await onceJson<Narration>(ports, purchase, async (making) => {
    const { audio, ...said } = await narrator.make(line, making)
    if (!audio) return said
    const speech = assetKey(video.owner, 'speech', ...parts)
    await ports.objects.put(speech, audio, { contentType: 'audio/wav' })
    return { ...said, speech }
  })
  return { ...narration, by: voiceOf(narrator) }
}

function voiceOf({ kind, provider, model }: Providers['narrators'][number]): Narration['by'] {
  return { kind, provider, model }
}

async function speak(task: Speaking, speaker: Speaker): Promise<Narration> {
  const said = await saidBy(task, speaker, { firstWord: 0, lastWord: task.line.words.length - 1 })
  return joinSaid(task, speaker, said)
}

/** A service says it in pieces that it can take, all at once; each is bought once, and then its times are found. */
export async function saidBy(task: Speaking, speaker: Speaker, { firstWord, lastWord }: Span): Promise<Timed[]> {
  const spans = piecesOf(task.line.words.slice(firstWord, lastWord + 1), speaker.maxCharacters)
  return allOf(
    spans.map((span) =>
      pieceOf(task, speaker, { firstWord: firstWord + span.firstWord, lastWord: firstWord + span.lastWord }),
    ),
  )
}

/** All of them come to an end before somebody else is asked: what is under way is paid for. */
export async function allOf<Made>(work: Promise<Made>[]): Promise<Made[]> {
  const settled = await Promise.allSettled(work)
  return settled.map((piece) => {
    if (piece.status === 'rejected') throw piece.reason
    return piece.value
  })
}

/** What was cut out of another sound has no key of its own. */
export type SaidPiece = TimedPiece & { speech?: string; timesFrom: TimeSource }

/** `cutFrom`: what pieces without a key were cut out of, and where. */
export async function joinSaid(
  { video, ports }: Speaking,
  speaker: Speaker,
  said: SaidPiece[],
  ...cutFrom: unknown[]
): Promise<Narration> {
  const { sound, times, durationMs } = joinPieces(said)
  const keys = said.map((piece) => piece.speech ?? 'kept')
  const speech = assetKey(video.owner, 'speech', 'joined', keys, ...cutFrom)
  await ports.objects.put(speech, wavOf(sound), { contentType: 'audio/wav', ifAbsent: true })
  const timesFrom = worstOf(said.map((piece) => piece.timesFrom))
  const notice =
    timesFrom === 'estimate'
      ? { notice: 'the times of the words are estimates: neither the voice nor an aligner could tell them' }
      : {}
  return { speech, durationMs, times, timesFrom, ...notice, by: voiceOf(speaker) }
}

type Timed = { speech: string; sound: Sound; times: WordTime[]; timesFrom: TimeSource }

async function pieceOf(task: Speaking, speaker: Speaker, span: Span): Promise<Timed> {
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
  task: Speaking,
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
async function isReplaced({ video, ports }: Speaking, key: string): Promise<boolean> {
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
