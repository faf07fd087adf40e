// What a user may ask of a scene.
import * as z from 'zod'
import { oneOf } from '../choice.ts'
import { clipPlays, fits } from '../editing.ts'
import { file, line, whole } from './fields.ts'

const sceneCountLimit = 120

export const FocusPoint = z.strictObject({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) })

export const SceneRequest = z
  .strictObject({
    /** The words said in this scene. Either every scene brings its text or none does (then the script is divided). */
    text: z.string().optional(),
    /** What the picture shows, instead of what the words say. */
    prompt: line(1000).optional(),
    /** The user's own picture: a file beside video.json on the command line, an upload's id over the API. */
    picture: file.optional(),
    /** The user's own clip (MP4, WebM) instead of a picture; its sound is not heard. */
    clip: file.optional(),
    /** Where in the clip the scene starts. */
    clipFromSeconds: z.number().min(0).max(36_000).optional(),
    clipPlay: oneOf(clipPlays, 'way to play').optional(),
    fit: oneOf(fits, 'fit').optional(),
    /** What matters in the picture, 0…1 from its left and its top: it stays in view, and motion goes towards it. */
    focus: FocusPoint.optional(),
  })
  .check(({ value, issues }) => {
    const wrong = (field: keyof typeof value, message: string) =>
      issues.push({ code: 'custom', path: [field], message, input: value[field] })
    if (value.clip !== undefined && value.picture !== undefined)
      wrong('clip', "stands beside a picture; give one of 'clip' and 'picture'")
    for (const field of ['clipFromSeconds', 'clipPlay'] as const)
      if (value.clip === undefined && value[field] !== undefined) wrong(field, "needs a 'clip' beside it")
  })
export type SceneRequest = z.infer<typeof SceneRequest>

/** 'auto', how many, or a list in which each scene may bring its own text, prompt, picture or clip. */
export const ScenesRequest = z.union(
  [z.literal('auto'), whole(1, sceneCountLimit), z.array(SceneRequest).min(1).max(sceneCountLimit)],
  { error: "must be 'auto', a whole number or a list of scenes" },
)
