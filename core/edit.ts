// Changing a scene of a video that was made: the next version of it, of which only what changed is made.
import { type Bill, billWith } from './cost.ts'
import { type Assembled, assembledEvent, type Edition, type SceneChange } from './edition.ts'
import { isDrawnAnew, showsOwn } from './edition/plan.ts'
import { editedScript } from './edition/script.ts'
import { ConflictError, InputError, NotFoundError } from './errors.ts'
import { given } from './given.ts'
import { deliverableKey } from './keys.ts'
import { readJson } from './once.ts'
import type { ObjectStore, VideoEvent, VideoRecord } from './ports.ts'
import { deleteAll } from './remove/delete-all.ts'
import { checkUploads } from './request/uploads.ts'
import { queueAgain } from './retry.ts'
import { about } from './script-checks.ts'
import { cleanScript } from './script.ts'
import type { Narration } from './stages/narrate.ts'
import type { Plan } from './stages/plan.ts'
import { saidIn, type Script } from './stages/write.ts'
import { noticesOf } from './story.ts'
import type { SubmitPorts } from './submit.ts'
import type { VideoRequest } from './video.ts'
import { textOf } from './words.ts'

export type EditPorts = SubmitPorts & { objects: ObjectStore }

/**
 * Makes the next version of a video that is done, with scene `index` (from 0) changed; of one whose next version failed
 * or was cancelled, that version with this change as well. `change.redo` is any number above 0: another picture for
 * the same prompt, whichever were made before; 0: after all the picture that there is. `media`: what is known of the
 * clips that the change names, by their keys. `maxCostUsd`: what the video may cost from now on, all its versions
 * together. Throws ConflictError while the video is made or when there is nothing to change, NotFoundError for a scene
 * that is not there, and InputError, before anything is recorded, for what is wrong with the change ('scenes.2.text').
 */
export async function changeScene(
  ports: EditPorts,
  video: VideoRecord,
  index: number,
  change: SceneChange,
  { media = {}, maxCostUsd }: Pick<VideoRequest, 'media' | 'maxCostUsd'> = {},
): Promise<VideoRecord> {
  if (video.status === 'queued' || video.status === 'running')
    throw new ConflictError(`the video is ${video.status}: wait until it is done, or cancel it first`)
  const pending = pendingOf(video)
  const base = pending?.base ?? lastAssembled(await ports.videos.events(video.id))
  if (!base) throw new ConflictError('the video was never put together, so there is nothing to change; retry it first')
  const said = await saidIn(base, ports)
  const scene = said.plan.scenes[index]
  if (!scene) throw new NotFoundError(`the video has ${said.scenes.length} scenes; there is no scene ${index + 1}`)

  const merged = mergedChange(pending?.scenes[index] ?? {}, change, { scene, text: textIn(said.script, scene) })
  if (Object.keys(merged).length === 0 && !pending)
    throw new ConflictError('this changes nothing, and no change is waiting to be made; name what is to be different')
  const { [index]: _before, ...others } = pending?.scenes ?? {}
  const edition: Edition = {
    ...(pending ?? { number: (video.edition?.number ?? 1) + 1, base }),
    scenes: Object.keys(merged).length > 0 ? { ...others, [index]: merged } : others,
    askedAt: ports.now().toISOString(),
  }
  const request = { ...video.request, media: { ...video.request.media, ...media }, ...given({ maxCostUsd }) }
  checkScene(request, video.owner, index, { ...ownOf(scene, merged), ...merged })
  if (edition.translateTo === undefined) editedScript(said, edition, request)
  // The other scenes' words in that language are not there yet.
  else if (merged.text !== undefined) about(`scenes.${index}.text`, () => cleanScript(merged.text!))
  const notices = await noticesBefore(ports, video, edition)
  return queueAgain(ports, video, { edition, request, notices })
}

/**
 * Gives up the version that failed or was cancelled: the video is done again, as it was before that was asked for.
 * Killed halfway, the version is still there to be given up. Throws ConflictError where there is no such version, or
 * none before it that was finished.
 */
export async function discardChanges(ports: EditPorts, video: VideoRecord): Promise<VideoRecord> {
  const { id, version, status, made } = video
  if (status === 'queued' || status === 'running') throw new ConflictError(`the video is ${status}: cancel it first`)
  const pending = pendingOf(video)
  if (!pending) throw new ConflictError('no change is waiting to be made')
  if (!made || made.edition >= pending.number)
    throw new ConflictError('no version of the video was finished before; retry it, or delete it')
  // Of a version that failed its check.
  await deleteAll(ports.objects, deliverableKey(id, '', pending.number))
  const { base, askedAt } = pending
  // The next change begins with what was put together last.
  await ports.videos.appendEvent(id, { at: ports.now().toISOString(), type: assembledEvent, ...base })
  const edition: Edition | undefined =
    made.edition === 1 ? undefined : { number: made.edition, base, scenes: {}, askedAt }
  const { totalMicroUsd: costMicroUsd } = await billNow(ports, id, made.edition)
  return ports.videos.update(id, version, {
    status: 'done',
    error: undefined,
    edition,
    made: { ...made, costMicroUsd, isBack: true },
    ...given({ notices: made.notices }),
  })
}

/** What was bought for a version that was given up was bought all the same. */
async function billNow({ videos, objects }: EditPorts, id: string, edition: number): Promise<Bill> {
  const billKey = deliverableKey(id, 'bill.json', edition)
  const kept = (await objects.head(billKey)) ? ((await readJson(objects, billKey)) as Bill) : undefined
  return billWith(id, await videos.calls(id), kept)
}

/** The version that was asked for and did not come to be. */
function pendingOf({ status, edition }: VideoRecord): Edition | undefined {
  return status === 'done' ? undefined : edition
}

/** What the latest version was put together from, rendered or not. */
export function lastAssembled(events: VideoEvent[]): Assembled | undefined {
  const found = events.findLast(({ type }) => type === assembledEvent)
  if (!found) return undefined
  const { at: _at, type: _type, seq: _seq, ...keys } = found
  return keys as Assembled
}

function textIn({ words }: Script, { firstWord, lastWord }: Plan['scenes'][number]): string {
  return textOf(words, firstWord, lastWord)
}

type Before = { scene: Plan['scenes'][number]; text: string }

/** The later change wins: a picture of one's own takes the place of what was to be drawn, and the other way round. */
function mergedChange(
  before: SceneChange,
  { redo: asked, ...change }: SceneChange,
  { scene, text }: Before,
): SceneChange {
  const redo = asked === 0 ? undefined : asked
  const kept = given(before)
  const merged: SceneChange = { ...kept, ...given(change) }
  const asksForOwn = showsOwn(change)
  if (asksForOwn || isDrawnAnew({ ...change, redo })) {
    for (const field of ownFields) if (change[field] === undefined) delete merged[field]
    // They were chosen for the picture that goes; what is drawn fills the frame.
    if (change.focus === undefined) delete merged.focus
    if (change.fit === undefined && !asksForOwn) delete merged.fit
  }
  if (asked === 0) delete merged.redo
  if (redo !== undefined) merged.redo = Math.max(before.redo ?? 0, scene.redo ?? 0) + 1
  if (merged.text === text) delete merged.text
  // The picture for that prompt is there.
  if (merged.prompt === scene.prompt && !showsOwn(scene)) delete merged.prompt
  return merged
}

const ownFields = ['picture', 'clip', 'clipFromSeconds', 'clipPlay'] as const

/** What of the user's own the scene goes on showing. */
function ownOf({ picture, clip }: Plan['scenes'][number], change: SceneChange): SceneChange {
  return isDrawnAnew(change) || showsOwn(change) ? {} : given({ picture, clip })
}

function checkScene(request: VideoRequest, owner: string, index: number, scene: SceneChange) {
  const { redo: _redo, ...wishes } = scene
  for (const field of ['clipFromSeconds', 'clipPlay'] as const)
    if (wishes[field] !== undefined && wishes.clip === undefined)
      throw new InputError(`scenes.${index}.${field}: needs a clip, and the scene shows none`)
  const scenes = Array.from({ length: index + 1 }, (_, at) => (at === index ? wishes : {}))
  const { media } = request
  checkUploads(
    { ...request, scenes, media, intro: undefined, outro: undefined, logo: undefined, musicFile: undefined },
    owner,
  )
}

/** Without those of what is made anew: they tell of what nobody is going to see or hear. */
async function noticesBefore({ videos, objects }: EditPorts, video: VideoRecord, edition: Edition): Promise<string[]> {
  const since = video.edition?.askedAt ?? ''
  const calls = (await videos.calls(video.id)).filter(({ startedAt }) => startedAt >= since)
  const changes = Object.entries(edition.scenes)
  const isSpoken = changes.some(([, { text }]) => text !== undefined)
  const gone = [
    ...changes
      .filter(([, change]) => isDrawnAnew(change) || showsOwn(change))
      .map(([at]) => `scene ${Number(at) + 1}: `),
    ...(isSpoken ? ['narrate: ', 'word times: '] : []),
  ]
  const ofVoice = isSpoken ? ((await readJson(objects, edition.base.narrationKey)) as Narration).notice : undefined
  const all = [...new Set([...video.notices, ...noticesOf(calls)])]
  return all.filter((notice) => notice !== ofVoice && !gone.some((start) => notice.startsWith(start)))
}
