// The scenes of a video, as far as they are known: while it is made, each shows itself as soon as it is there.
import { type Assembled, assembledEvent, type Edition } from '../core/edition.ts'
import type { VideoRecord } from '../core/ports.ts'
import type { Narration } from '../core/stages/narrate.ts'
import type { Plan } from '../core/stages/plan.ts'
import type { Script } from '../core/stages/write.ts'
import { textOf } from '../core/words.ts'
import type { Memory, SeenEvent } from './memory.ts'
import type { Scene } from './schemas/fields.ts'

type PictureState = Scene['picture']['state']
/** `pictureKeys` and `states`: one for each scene of the plan. */
export type SceneMaterial = {
  script: Script | undefined
  plan: Plan | undefined
  narration: Narration | undefined
  pictureKeys: (string | undefined)[]
  states: PictureState[]
}

export async function sceneMaterialOf(
  { readOnce }: Memory,
  video: VideoRecord,
  events: SeenEvent[],
): Promise<SceneMaterial> {
  const known = knownKeys(video, events)
  const read = <Value>(key: string | undefined) => (key === undefined ? undefined : readOnce<Value>(key))
  const [script, plan, narration] = await Promise.all([
    read<Script>(known.scriptKey),
    read<Plan>(known.planKey),
    read<Narration>(known.narrationKey),
  ])
  const scenes = plan?.scenes ?? []
  const pictureKeys = scenes.map((_, index) => known.pictures.get(index)?.key)
  return {
    script,
    plan: script && plan,
    narration: narration?.times.length === script?.words.length ? narration : undefined,
    pictureKeys,
    states: scenes.map((_, index) => known.pictures.get(index)?.state ?? 'waiting'),
  }
}

export function scenesOf(
  { script, plan, narration, pictureKeys, states }: SceneMaterial,
  links: Record<string, string>,
) {
  if (!script || !plan) return []
  return plan.scenes.map(({ firstWord, lastWord, prompt, picture, clip }, index): Scene => {
    const times = narration?.times.slice(firstWord, lastWord + 1) ?? []
    const link = links[pictureKeys[index] ?? '']
    return {
      number: index + 1,
      text: textOf(script.words, firstWord, lastWord),
      prompt,
      ...(times.length > 0 && {
        startMs: Math.round(times[0]!.startMs),
        endMs: Math.round(times.at(-1)!.endMs),
        words: script.words.slice(firstWord, lastWord + 1).map(({ text }, word) => ({
          text,
          startMs: Math.round(times[word]!.startMs),
          endMs: Math.round(times[word]!.endMs),
        })),
      }),
      picture: {
        state: states[index]!,
        kind: clip === undefined ? 'picture' : 'clip',
        isOwn: (clip ?? picture) !== undefined,
        ...(link !== undefined && { link }),
      },
    }
  })
}

type Known = Partial<Pick<Assembled, 'scriptKey' | 'planKey' | 'narrationKey'>> & {
  pictures: Map<number, { key?: string; state: PictureState }>
}

/**
 * The latest of each, and only what belongs together: a new script shows once its plan is there, and a narration is that
 * of the script which was known when it began. What a change of the video leaves as it is, it takes from its base.
 */
function knownKeys({ status, edition }: VideoRecord, events: SeenEvent[]): Known {
  const known: Known = { pictures: new Map(), ...(edition && baseOf(edition.base)) }
  const changed = new Set(Object.keys(edition?.scenes ?? {}).map(Number))
  let script = known.scriptKey
  const now = edition ? events.slice(beginningOf(edition, events)) : events
  for (const { type, stage, scene, output, ...more } of now) {
    if (type === assembledEvent) Object.assign(known, baseOf(more as unknown as Assembled))
    const made = (output ?? {}) as Record<string, string | undefined>
    if (stage === 'illustrate' && typeof scene === 'number') {
      const before = known.pictures.get(scene)
      if (type === 'started' && (before?.key === undefined || changed.has(scene)))
        known.pictures.set(scene, {
          ...before,
          state: before?.key !== undefined && !changed.has(scene) ? 'ready' : 'making',
        })
      if (type === 'done' && made['pictureKey'] !== undefined)
        known.pictures.set(scene, { key: made['pictureKey'], state: 'ready' })
    }
    if (type !== 'done') continue
    if (stage === 'write') script = made['scriptKey'] ?? script
    if (stage === 'plan') Object.assign(known, { scriptKey: script, planKey: made['planKey'] ?? known.planKey })
    if (stage === 'narrate') known.narrationKey = made['narrationKey'] ?? known.narrationKey
  }
  // What is being made once more is shown as being made; once nothing is made any more, as it was.
  if (status !== 'running' && status !== 'queued')
    for (const picture of known.pictures.values()) picture.state = picture.key === undefined ? 'waiting' : 'ready'
  return known
}

function baseOf({ scriptKey, planKey, narrationKey, pictureKeys }: Assembled): Known {
  const pictures = pictureKeys.map((key, index) => [index, { key, state: 'ready' as const }] as const)
  return { scriptKey, planKey, narrationKey, pictures: new Map(pictures) }
}

/** Where in the events the work on the latest version begins: after its base was put together. */
function beginningOf({ base }: Edition, events: SeenEvent[]): number {
  return (
    events.findLastIndex(({ type, timelineKey }) => type === assembledEvent && timelineKey === base.timelineKey) + 1
  )
}
