// Every object key that the system reads or writes. Assets are named by what they are made of, within their
// owner's prefix: "it exists" means "it is done", and nothing is made or bought twice. What belongs to one video
// lies under its id and goes with it.
import { hashOf } from './hash.ts'
import type { ObjectStore } from './ports.ts'

export type AssetKind = keyof typeof assetExtension
const assetExtension = {
  draft: 'json',
  translated: 'json',
  script: 'json',
  planned: 'json',
  plan: 'json',
  narration: 'json',
  spoken: 'json',
  speech: 'wav',
  heard: 'json',
  softened: 'json',
  picture: 'jpg',
  music: 'wav',
  timeline: 'json',
} as const

/** `parts`: provider, model, version and every parameter that changes the bytes. */
export function assetKey(owner: string, kind: AssetKind, ...parts: unknown[]): string {
  return `owners/${owner}/assets/${kind}/${hashOf(...parts)}.${assetExtension[kind]}`
}

/** The sound of a piece that was spoken, beside what is told of it. */
export function speechKeyOf(spoken: string): string {
  return spoken.replace(/\/assets\/spoken\/(.+)\.json$/, '/assets/speech/$1.wav')
}

/** A file of a finished render: its video, its poster, what HLS needs, and the record that says it is whole. */
export function renderKey(owner: string, file: string, ...parts: unknown[]): string {
  return `owners/${owner}/renders/${hashOf(...parts)}/${file}`
}

/**
 * A part that renders are joined from. Apart from what else the owner has: it can be made again, so all of them may
 * expire, and a bucket tells what expires by how keys begin.
 */
export function partKey(owner: string, hash: string, extension: string): string {
  return `${partsPrefix}${owner}/${hash}.${extension}`
}

/** Before the keys of all owners' parts. */
export const partsPrefix = 'parts/'

/** Beside a render: the parts that were made for it so far. `render`: the key of its render.json. */
export function partsListKey(render: string): string {
  return render.replace(/[^/]+$/, 'parts.json')
}

/** What a deleted video left because another one was about to use it. */
export function leftKey(owner: string, videoId: string): string {
  return `${leftPrefix(owner)}${videoId}.json`
}

export function leftPrefix(owner: string): string {
  return `owners/${owner}/left/`
}

/** What an asset cost, kept beside it: settles the bill when the process died between making and settling. */
export function receiptKey(asset: string): string {
  return `${asset}.receipt`
}

/** That this asset was refused, and why: it is not asked for again. */
export function refusalKey(asset: string): string {
  return `${asset}.refusal`
}

export function uploadKey(owner: string, sha256: string, extension: string): string {
  return `${uploadPrefix(owner)}${sha256}.${extension}`
}

export function isUploadOf(owner: string, key: string): boolean {
  return key.startsWith(uploadPrefix(owner)) && /^\w+\.\w+$/.test(key.slice(uploadPrefix(owner).length))
}

function uploadPrefix(owner: string): string {
  return `owners/${owner}/uploads/`
}

/** The bytes of an upload as they came, before anybody has looked into them. Apart, because all of them expire. */
export function incomingKey(owner: string, uploadId: string): string {
  return `incoming/${owner}/${uploadId}`
}

/** What is known of an upload, by its id. */
export function uploadRecordKey(owner: string, uploadId: string): string {
  return `${uploadPrefix(owner)}records/${uploadId}.json`
}

/** Is there while an upload waits for its bytes or its check, so that they can be counted. */
export function uploadWaitingKey(owner: string, uploadId: string): string {
  return `${uploadPrefix(owner)}waiting/${uploadId}`
}

/** That this upload's bytes are those under `key`, which several may share. */
export function uploadUseKey(key: string, uploadId: string): string {
  return `${key}.uses/${uploadId}`
}

/** How the letters of a font that was uploaded measure (core/fonts/face.ts). */
export function faceKeyOf(key: string): string {
  return `${key}.face.json`
}

const contentTypes = {
  mp4: 'video/mp4',
  // RFC 8216, section 4, and ISO/IEC 14496-12 for the fragments.
  m3u8: 'application/vnd.apple.mpegurl',
  m4s: 'video/iso.segment',
  ts: 'video/mp2t',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  srt: 'application/x-subrip',
  vtt: 'text/vtt',
  ass: 'text/x-ssa',
  json: 'application/json',
} as const

/** By the extension of a file's name. */
export function contentTypeOf(name: string): string {
  const extension = name.split('.').at(-1)!
  return Object.hasOwn(contentTypes, extension)
    ? contentTypes[extension as keyof typeof contentTypes]
    : 'application/octet-stream'
}

/** What a user gets, besides the files of HLS. */
export const deliverables = {
  'video.mp4': contentTypes.mp4,
  'poster.jpg': contentTypes.jpg,
  'preview.webp': contentTypes.webp,
  'storyboard.jpg': contentTypes.jpg,
  'storyboard.vtt': contentTypes.vtt,
  'captions.srt': contentTypes.srt,
  'captions.vtt': contentTypes.vtt,
  'captions.ass': contentTypes.ass,
  'timeline.json': contentTypes.json,
  'metadata.json': contentTypes.json,
  'bill.json': contentTypes.json,
  'qc.json': contentTypes.json,
} as const
export type Deliverable = keyof typeof deliverables

/**
 * `name` is a Deliverable or a file of HLS ('hls/master.m3u8'). Each version of a video has files of its own: whoever
 * watches one goes on watching it, and a cache may keep it for good.
 */
export function deliverableKey(videoId: string, name: string, edition = 1): string {
  return `${editionPrefix(videoId, edition)}${name}`
}

/** The names of all files of a version that is done: what everybody gets in the order above, then what is in folders. */
export async function deliverablesOf(
  { list }: Pick<ObjectStore, 'list'>,
  videoId: string,
  edition = 1,
): Promise<string[]> {
  const prefix = editionPrefix(videoId, edition)
  const more: string[] = []
  for (let after: string | undefined; ;) {
    const { objects, next } = await list(prefix, { after })
    more.push(
      ...objects
        .map(({ key }) => key.slice(prefix.length))
        .filter((name) => !Object.hasOwn(deliverables, name) && !/^v\d+\//.test(name)),
    )
    if (next === undefined) return [...Object.keys(deliverables), ...more]
    after = next
  }
}

function editionPrefix(videoId: string, edition: number): string {
  return `${videoPrefix(videoId)}${edition > 1 ? `v${edition}/` : ''}`
}

/** Whether it is among what is given out, behind the content delivery network. */
export function isDelivered(key: string): boolean {
  return key.startsWith('videos/')
}

/** Before the keys of everything that is given out of a video, all its versions. */
export function videoPrefix(videoId: string): string {
  return `videos/${videoId}/`
}
