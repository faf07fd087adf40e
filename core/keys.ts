// Every object key that the system reads or writes. Assets are named by what they are made of, within their
// owner's prefix: "it exists" means "it is done", and nothing is made or bought twice. What belongs to one video
// lies under its id and goes with it.
import { hashOf } from './hash.ts'

export type AssetKind = keyof typeof assetExtension
const assetExtension = {
  script: 'json',
  plan: 'json',
  narration: 'json',
  speech: 'wav',
  picture: 'jpg',
  music: 'wav',
  timeline: 'json',
  video: 'mp4',
  poster: 'jpg',
  render: 'json',
} as const

/** `parts`: provider, model, version and every parameter that changes the bytes. */
export function assetKey(owner: string, kind: AssetKind, ...parts: unknown[]): string {
  return `owners/${owner}/assets/${kind}/${hashOf(...parts)}.${assetExtension[kind]}`
}

/** What an asset cost, kept beside it: settles the bill when the process died between making and settling. */
export function receiptKey(asset: string): string {
  return `${asset}.receipt`
}

export function uploadKey(owner: string, sha256: string, extension: string): string {
  return `${uploadPrefix(owner)}${sha256}.${extension}`
}

/** Whose upload a key is can be told from its beginning. */
export function uploadPrefix(owner: string): string {
  return `owners/${owner}/uploads/`
}

export const deliverables = {
  'video.mp4': 'video/mp4',
  'poster.jpg': 'image/jpeg',
  'captions.srt': 'application/x-subrip',
  'captions.vtt': 'text/vtt',
  'captions.ass': 'text/x-ssa',
  'timeline.json': 'application/json',
  'bill.json': 'application/json',
  'qc.json': 'application/json',
} as const
export type Deliverable = keyof typeof deliverables

export function deliverableKey(videoId: string, name: Deliverable): string {
  return `videos/${videoId}/${name}`
}
