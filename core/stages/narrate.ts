import * as z from 'zod'
import type { Edition } from '../edition.ts'
import { changedScenes, spansIn } from '../edition/script.ts'
import { cutOut } from '../edition/sound.ts'
import { assetKey } from '../keys.ts'
import { firstToMake } from '../ladder.ts'
import { json, readJson } from '../once.ts'
import type { Line, Span, TimeSource, WordTime } from '../ports.ts'
import { activeVideoOf } from '../records.ts'
import { allOf, joinSaid, narrated, type SaidPiece, saidBy, type Speaker, type Speaking } from '../speak.ts'
import type { Providers, StagePorts } from '../stage.ts'
import { soundOf } from '../wav.ts'
import { saidIn, type Script } from './write.ts'

export const NarrateInput = z.object({ videoId: z.string(), scriptKey: z.string() })

/** `speech` is the key of the sound; absent when the narration is silent. */
export type Narration = {
  speech?: string
  durationMs: number
  times: WordTime[]
  timesFrom: TimeSource
  notice?: string
  /** Whose voice it is; absent in narrations that were made before this was kept. */
  by?: { kind: 'speaker' | 'narrator'; provider: string; model: string }
}

/**
 * The voice, with a start and an end for every word. Of an edition nothing is said again whose words stay, by a service
 * at least: what is embedded says all of it anew, which costs nothing.
 */
export async function narrate({ videoId, scriptKey }: z.infer<typeof NarrateInput>, ports: StagePorts) {
  const video = await activeVideoOf(ports.videos, videoId)
  const script = (await readJson(ports.objects, scriptKey)) as Script
  const { words, language } = script
  const { narrators, aligners } = ports.providers(video.request.choices)
  const task: Speaking = { video, line: { words, language, voice: video.request.voice }, ports, aligners }
  const kept = video.edition && (await keptOf(video.edition, script, ports))
  if (kept && kept.changed.size === 0) return outputOf(video.edition!.base.narrationKey, kept.narration)
  const mender = kept && menderOf(kept, narrators)
  const narration = await firstToMake(
    [
      ...(mender ? [() => mended(task, mender, kept)] : []),
      ...narrators.filter((by) => by !== mender).map((by) => () => narrated(task, by)),
    ],
    (rung) => rung(),
  )
  const narrationKey = assetKey(video.owner, 'narration', narration)
  await ports.objects.put(narrationKey, json(narration), { contentType: 'application/json', ifAbsent: true })
  return outputOf(narrationKey, narration)
}

function outputOf(narrationKey: string, { durationMs, timesFrom }: Narration) {
  return { narrationKey, durationMs, timesFrom }
}

/** The base's narration, and which scenes (by their spans in it and now) say something else. */
type Kept = { narration: Narration; changed: Set<number>; before: readonly Span[]; now: readonly Span[] }

async function keptOf({ base, otherVoice }: Edition, script: Script, ports: StagePorts): Promise<Kept | undefined> {
  if (otherVoice) return undefined
  const said = await saidIn(base, ports)
  const now = spansIn(script, said.scenes)
  const changed = new Set(changedScenes(said, { script, scenes: now }))
  const narration = (await readJson(ports.objects, base.narrationKey)) as Narration
  return { narration, changed, before: said.scenes, now }
}

/** Only the voice that said the rest can say some of it anew. */
function menderOf({ narration, changed, now }: Kept, narrators: Providers['narrators']): Speaker | undefined {
  const { by, speech } = narration
  if (by === undefined || speech === undefined || changed.size === now.length) return undefined
  return narrators.find(
    (narrator): narrator is Speaker =>
      narrator.kind === 'speaker' && narrator.provider === by.provider && narrator.model === by.model,
  )
}

/** The words that changed are bought, and stand between what is kept of the base. */
async function mended(task: Speaking, speaker: Speaker, { narration, changed, before, now }: Kept): Promise<Narration> {
  const { line, ports } = task
  const runs = runsOf(now.length, (scene) => changed.has(scene))
  const newRuns = runs.filter(({ isNew }) => isNew)
  const bought = await allOf(newRuns.map(({ first, last }) => saidBy(task, speaker, spanOf(now, first, last))))
  const whole = { sound: soundOf(await ports.objects.get(narration.speech!)), times: narration.times }
  // A service that changed its format meanwhile says all of it.
  if (bought.flat().some((piece) => piece.sound.sampleRateHz !== whole.sound.sampleRateHz))
    return narrated(task, speaker)
  const keptSpans = runs.filter(({ isNew }) => !isNew).map(({ first, last }) => spanOf(before, first, last))
  const kept = cutOut(whole, keptSpans).map((piece) => ({ ...piece, timesFrom: narration.timesFrom }))
  const said = runs.flatMap(({ last, isNew }, at): SaidPiece[] => {
    const run: SaidPiece[] = isNew ? bought.shift()! : [kept.shift()!]
    const goesOn = at + 1 < runs.length && !endsSentence(line, now[last]!.lastWord)
    return goesOn ? run.with(run.length - 1, { ...run.at(-1)!, pauseAfterMs: 0 }) : run
  })
  return joinSaid(task, speaker, said, [narration.speech, keptSpans])
}

function spanOf(spans: readonly Span[], first: number, last: number): Span {
  return { firstWord: spans[first]!.firstWord, lastWord: spans[last]!.lastWord }
}

type Run = { first: number; last: number; isNew: boolean }

/** Scenes that follow each other and are all new, or all as they were. */
function runsOf(scenes: number, isNew: (scene: number) => boolean): Run[] {
  const runs: Run[] = []
  for (let scene = 0; scene < scenes; scene++) {
    const run = runs.at(-1)
    if (run?.isNew === isNew(scene)) run.last = scene
    else runs.push({ first: scene, last: scene, isNew: isNew(scene) })
  }
  return runs
}

function endsSentence({ words }: Line, index: number): boolean {
  return words[index]?.sentence !== words[index + 1]?.sentence
}
