// The files that a request names: paths on the command line, keys of uploads (core/keys.ts) from then on.
import { captionFonts } from '../catalog.ts'
import { InputError } from '../errors.ts'
import { clip } from '../explain.ts'
import { isUploadOf } from '../keys.ts'
import type { UploadKind } from '../uploads.ts'
import type { VideoRequest } from '../video.ts'

/** `file` is a path or a key; `field` is where in the request it stands ('scenes.2.clip'). */
export type Upload = { field: string; kind: UploadKind; file: string }
/** What was found out about a clip when it was uploaded. */
export type UploadedClip = { durationMs: number; hasSound: boolean }

/** Longer ones are more likely the wrong file than an intro. */
const longestIntroMs = 120_000

/** Where a font of the user's own stands. */
const fontField = 'captions.font'
const kinds = { intro: 'clip', outro: 'clip', logo: 'picture', musicFile: 'music' } as const
const sceneKinds = { picture: 'picture', clip: 'clip' } as const

export function uploadsOf(request: VideoRequest): Upload[] {
  const scenes = Array.isArray(request.scenes) ? request.scenes : []
  const font = ownFontOf(request)
  return [
    ...filesIn(request, kinds, ''),
    ...(font === undefined ? [] : [{ field: fontField, kind: 'font' as const, file: font }]),
    ...scenes.flatMap((scene, index) => filesIn(scene, sceneKinds, `scenes.${index}.`)),
  ]
}

/** The captions' font where it is a file and none of ours. */
export function ownFontOf({ captions }: Pick<VideoRequest, 'captions'>): string | undefined {
  const font = typeof captions === 'string' ? undefined : captions.font
  return font === undefined || Object.hasOwn(captionFonts, font) ? undefined : font
}

/** The request with another file in each of these fields: the key of the upload instead of the path. */
export function withUploads(request: VideoRequest, keyByField: ReadonlyMap<string, string>): VideoRequest {
  const changed = <Part extends object>(part: Part, fields: object, at: string): Part => ({
    ...part,
    ...Object.fromEntries(
      Object.keys(fields).flatMap((field) => {
        const key = keyByField.get(at + field)
        return key === undefined ? [] : [[field, key]]
      }),
    ),
  })
  const { scenes, captions } = request
  const font = keyByField.get(fontField)
  return changed(
    {
      ...request,
      ...(Array.isArray(scenes) && {
        scenes: scenes.map((scene, index) => changed(scene, sceneKinds, `scenes.${index}.`)),
      }),
      ...(font !== undefined && typeof captions === 'object' && { captions: { ...captions, font } }),
    },
    kinds,
    '',
  )
}

/** Throws InputError unless every upload is the owner's and every clip can be played as it is asked for. */
export function checkUploads(request: VideoRequest, owner: string): void {
  for (const { field, kind, file } of uploadsOf(request)) {
    if (!isUploadOf(owner, file)) throw new InputError(`${field}: '${clip(file)}' is no upload of yours`)
    if (kind === 'clip') checkClip(request, field, file)
  }
}

function checkClip(request: VideoRequest, field: string, key: string) {
  const uploaded = request.media?.[key]
  if (!uploaded) throw new InputError(`${field}: nothing is known of '${clip(key)}'; upload the clip again`)
  const seconds = Math.floor(uploaded.durationMs / 100) / 10
  if (field in kinds && uploaded.durationMs > longestIntroMs)
    throw new InputError(`${field}: it is ${seconds} seconds long; cut it to ${longestIntroMs / 1000} or fewer`)
  const scene = Array.isArray(request.scenes) ? request.scenes[Number(field.split('.')[1])] : undefined
  const fromSeconds = scene?.clipFromSeconds ?? 0
  if (fromSeconds * 1000 >= uploaded.durationMs)
    throw new InputError(`${field}FromSeconds: the clip ends at ${seconds} seconds, before ${fromSeconds}`)
}

function filesIn(part: object, fields: Record<string, Upload['kind']>, at: string): Upload[] {
  return Object.entries(fields).flatMap(([field, kind]) => {
    const file = (part as Record<string, unknown>)[field]
    return typeof file === 'string' ? [{ field: at + field, kind, file }] : []
  })
}
