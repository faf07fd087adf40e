// Another video like one that was made: what was asked for, and what has been changed in its scenes since.
import type { VideoDetails } from '../../../../api/schemas/videos.ts'
import type { Draft } from './draft.ts'
import { draftOf } from './request.ts'

type SceneWish = Record<string, unknown>
type Copy = { draft: Draft; notices: string[] }

export function copyOf({ request, scenes, edition, variantOf }: VideoDetails): Copy {
  const isAsRequested = edition === 1 && variantOf === undefined
  if (isAsRequested || scenes.length === 0) return { draft: draftOf(request), notices: [] }
  const asked = Array.isArray(request['scenes']) ? (request['scenes'] as SceneWish[]) : []
  const copied = scenes.map((scene, index) => sceneOf(scene, asked[index] ?? {}))
  // The files that were put in later have no name in the API's answer.
  const isUnknown = scenes.some(({ picture }, index) => picture.isOwn && edition > 1 && !ownIn(copied[index]!))
  const isOlder = edition > 1 && copied.some(ownIn)
  const { script: _script, topic: _topic, ...others } = request
  const notices = [
    ...(edition > 1 ? ['The changes to its scenes are copied.'] : []),
    ...(isUnknown ? ['Pictures of your own that were put in later are not: choose them again.'] : []),
    ...(isOlder ? ['Its own pictures are those that it began with.'] : []),
  ]
  return { draft: draftOf({ ...others, scenes: copied }), notices }
}

/** With what is said and shown now. */
function sceneOf({ text, prompt, picture: { isOwn } }: VideoDetails['scenes'][number], asked: SceneWish): SceneWish {
  const { picture, clip, clipFromSeconds, clipPlay, fit, focus } = asked
  const own = { picture, clip, clipFromSeconds, clipPlay, fit, focus }
  const shown = isOwn && ownIn(own) ? own : prompt === undefined ? {} : { prompt: prompt.slice(0, 1000) }
  return Object.fromEntries(Object.entries({ text, ...shown }).filter(([, value]) => value !== undefined))
}

function ownIn({ picture, clip }: SceneWish): boolean {
  return (picture ?? clip) !== undefined
}
