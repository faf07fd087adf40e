// What was seen of a video's picture: put together from stretches that were looked at apart, and from what is known of
// another version of the same video, of which most groups of pictures are the same. Pure.
import type { Cover } from './cover.ts'
import { joinLooks, type Looks, paceOf } from './looks.ts'
import type { Seen } from './picture.ts'
import type { Group } from './stretches.ts'

/** As if all had been looked at as one. `looks`: of every so many frames (paceOf), counted from the video's first. */
export type SeenWhole = Omit<Seen, 'looks'> & { looks: Looks }
/** What decides what is seen of the same bytes. */
export type View = { fps: number; cover: Cover }

/** `stretches`: in order, without gaps. */
export function joinSeen(stretches: Seen[], view: View): SeenWhole {
  return {
    ticks: stretches.flatMap(({ ticks }) => ticks),
    tickS: stretches[0]?.tickS ?? 0,
    errors: stretches.reduce((sum, { errors }) => sum + errors, 0),
    size: stretches.at(-1)?.size ?? '',
    isBt709: stretches.every(({ isBt709 }) => isBt709),
    looks: joinLooks(
      stretches.map(({ looks }) => looks),
      view,
    ),
  }
}

/** What is kept of a video for its next version. */
export type Known = { groups: Pick<Group, 'firstFrame' | 'frames' | 'sha256'>[]; seen: SeenWhole }
/** Groups that follow one another; of the first `lead` ones all is known: they are what the others are compared with. */
export type Range = { groups: Group[]; lead: number }

/** The parts of a video that have to be looked at: what is not known, and what is compared with that. */
export function rangesToSee(groups: Group[], known: Known | undefined, fps: number): Range[] {
  if (!known) return [{ groups, lead: 0 }]
  const { apart } = paceOf(fps)
  const hashes = new Map(known.groups.map(({ firstFrame, sha256 }) => [firstFrame, sha256]))
  const isNew = groups.map(({ firstFrame, sha256 }) => hashes.get(firstFrame) !== sha256)
  /** Index of the first group that a group is compared with. */
  const comparedFrom = groups.map(({ firstFrame }) =>
    groups.findIndex((other) => other.firstFrame + other.frames > Math.max(0, firstFrame - apart)),
  )
  const isWanted = groups.map((_, at) => isNew.slice(comparedFrom[at], at + 1).includes(true))
  const ranges: Range[] = []
  let end = 0
  for (const [at, wanted] of isWanted.entries()) {
    if (!wanted) continue
    const from = Math.max(end, comparedFrom[at]!)
    // Where the one before ends, it goes on.
    if (ranges.length > 0 && from === end) ranges.at(-1)!.groups.push(...groups.slice(end, at + 1))
    else ranges.push({ groups: groups.slice(from, at + 1), lead: at - from })
    end = at + 1
  }
  return ranges
}

/**
 * The whole, of what was known and of what was seen in each of the ranges. Undefined where what was seen has not as
 * many frames as it should: then nothing can be said of what lies where.
 */
export function withKnown(
  groups: Group[],
  { known, ranges, seen }: { known: Known; ranges: Range[]; seen: SeenWhole[] },
  fps: number,
): SeenWhole | undefined {
  const isWhole = ranges.every(({ groups: own }, at) => seen[at]!.ticks.length === framesIn(own))
  if (!isWhole) return undefined
  const { every } = paceOf(fps)
  const sources = new Map<number, { from: SeenWhole; start: number }>()
  for (const [at, { groups: own, lead }] of ranges.entries())
    for (const { firstFrame } of own.slice(lead))
      sources.set(firstFrame, { from: seen[at]!, start: own[0]!.firstFrame })
  const pieces = groups.map(({ firstFrame, frames }) => {
    const { from, start } = sources.get(firstFrame) ?? { from: known.seen, start: 0 }
    const lookAt = (frame: number) => Math.ceil(frame / every) - Math.ceil(start / every)
    const [first, end] = [lookAt(firstFrame), lookAt(firstFrame + frames)]
    return {
      ticks: from.ticks.slice(firstFrame - start, firstFrame - start + frames),
      litParts: from.looks.litParts.slice(first, end),
      motions: from.looks.motions.slice(first, end),
    }
  })
  const all = [known.seen, ...seen]
  return {
    ticks: pieces.flatMap(({ ticks }) => ticks),
    tickS: known.seen.tickS,
    errors: all.reduce((sum, { errors }) => sum + errors, 0),
    size: all.find(({ size }) => size !== known.seen.size)?.size ?? known.seen.size,
    isBt709: all.every(({ isBt709 }) => isBt709),
    looks: {
      litParts: pieces.flatMap(({ litParts }) => litParts),
      motions: pieces.flatMap(({ motions }) => motions),
    },
  }
}

function framesIn(groups: Group[]): number {
  return groups.reduce((sum, { frames }) => sum + frames, 0)
}

/** Another one's notes are not read: raised whenever something is seen or noted otherwise. */
const notesVersion = 1

type Notes = { version: number; fps: number; cover: string } & Known

/** As JSON. Undefined for what must be looked at again in any case. */
export function notesOf(groups: Group[], seen: SeenWhole, { fps, cover }: View): Notes | undefined {
  if (seen.errors > 0 || seen.ticks.length !== framesIn(groups)) return undefined
  const known = groups.map(({ firstFrame, frames, sha256 }) => ({ firstFrame, frames, sha256 }))
  return { version: notesVersion, fps, cover: textOf(cover), groups: known, seen }
}

/** What notesOf has written down of another version; undefined where that was looked at with other eyes. */
export function knownIn(notes: unknown, { fps, cover }: View): Known | undefined {
  const noted = notes as Notes | undefined
  if (noted?.version !== notesVersion || noted.fps !== fps || noted.cover !== textOf(cover)) return undefined
  const { groups, seen } = noted
  // JSON has no other word for these.
  const ticks = seen.ticks.map((tick) => tick ?? undefined)
  const litParts = seen.looks.litParts.map((part) => part ?? NaN)
  const motions = seen.looks.motions.map((motion) => motion ?? Infinity)
  return { groups, seen: { ...seen, ticks, looks: { litParts, motions } } }
}

function textOf(cover: Cover): string {
  return Buffer.from(cover).toString('base64')
}
