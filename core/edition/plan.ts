// The plan of an edition: the base's, with its scenes' words where they are now and what is to be shown otherwise.
import type { Edition, SceneChange } from '../edition.ts'
import { given } from '../given.ts'
import type { Span } from '../ports.ts'
import { publishingOf } from '../publishing.ts'
import type { Plan } from '../stages/plan.ts'
import type { Script } from '../stages/write.ts'
import type { VideoRequest } from '../video.ts'
import { changedScenes, type Said, spansIn } from './script.ts'

type Scene = Plan['scenes'][number]
type Size = { width: number; height: number }

/** `madeFor`: the frame that the base's pictures were made for; `size`: the frame that they are shown in now. */
export function editedPlan(
  base: Said & { plan: Plan },
  script: Script,
  { scenes: changes }: Pick<Edition, 'scenes'>,
  { request, madeFor, size }: { request: VideoRequest; madeFor: Size; size: Size },
): Plan {
  const { plan } = base
  const spans = spansIn(script, plan.scenes)
  const fit = isTurned(madeFor, size) ? ('blur' as const) : undefined
  const scenes = plan.scenes.map((scene, index) => ({
    ...spans[index]!,
    ...editedScene(scene, changes[index] ?? {}, fit),
  }))
  const { phraseEnds } = plan
  return {
    ...plan,
    scenes,
    ...(phraseEnds && { phraseEnds: movedEnds(phraseEnds, base, { script, scenes: spans }) }),
    publishing: publishingOf(plan.publishing, base.script, script, request),
  }
}

/** Whether the scene's picture is to be drawn although there is one. */
export function isDrawnAnew({ prompt, picture, clip, redo }: SceneChange): boolean {
  return picture === undefined && clip === undefined && (prompt !== undefined || redo !== undefined)
}

export function showsOwn({ picture, clip }: Pick<Scene, 'picture' | 'clip'>): boolean {
  return (picture ?? clip) !== undefined
}

/** Without its words' places. What is drawn for the frame needs no fit, and of another picture something else matters. */
function editedScene(scene: Scene, change: SceneChange, otherFit: 'blur' | undefined): Omit<Scene, keyof Span> {
  const { firstWord: _first, lastWord: _last, ...base } = scene
  const { text: _text, redo = base.redo, ...wishes } = change
  const { prompt = base.prompt, fit, focus, ...own } = wishes
  const drawn = { prompt, ...(redo !== undefined && { redo }) }
  const asked = given({ fit, focus })
  if (isDrawnAnew(change)) return { ...drawn, ...asked }
  if (showsOwn(change)) return { ...drawn, ...given({ fit: base.fit }), ...given(own), ...asked }
  if (showsOwn(base)) return { ...base, ...given(own), ...drawn, ...asked }
  return { ...base, ...drawn, ...given({ fit: base.fit ?? otherFit }), ...asked }
}

/** From portrait to landscape or back: cut to fill the frame, little would be left of a picture. */
function isTurned(one: Size, other: Size): boolean {
  return Math.sign(one.width - one.height) * Math.sign(other.width - other.height) < 0
}

/** Where somebody else than the captions would end a phrase; of new words nobody has said so. */
function movedEnds(ends: number[], base: Said, now: Said): number[] {
  const changed = new Set(changedScenes(base, now))
  return ends.flatMap((end) => {
    const scene = base.scenes.findIndex(({ firstWord, lastWord }) => firstWord <= end && end <= lastWord)
    if (scene < 0 || changed.has(scene)) return []
    return [end - base.scenes[scene]!.firstWord + now.scenes[scene]!.firstWord]
  })
}
