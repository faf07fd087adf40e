// A video as the outside sees it, with everything that is known of it.
import { type Bill as CoreBill, billOf, billWith, neededMicroUsd } from '../core/cost.ts'
import { deliverableKey } from '../core/keys.ts'
import type { Finding, VideoRecord } from '../core/ports.ts'
import { stepsOf } from '../core/progress.ts'
import { shownRequest } from '../core/uploads/resolve.ts'
import type { Memory } from './memory.ts'
import type { ApiPorts, Links } from './ports.ts'
import { sceneMaterialOf, scenesOf } from './scenes.ts'
import type { Bill } from './schemas/fields.ts'
import type { VideoDetails } from './schemas/videos.ts'
import { madeEdition, summaryOf } from './view.ts'

type Ports = Pick<ApiPorts, 'linksTo' | 'queuePosition' | 'videos' | 'hlsNotice'>

const noLinks = { links: {} }

export async function detailsOf(ports: Ports, memory: Memory, video: VideoRecord): Promise<VideoDetails> {
  const events = await memory.eventsOf(video)
  const edition = madeEdition(video)
  const [summary, material, bill, needed, findings, names] = await Promise.all([
    summaryOf(ports, memory, video),
    sceneMaterialOf(memory, video, events),
    billFor(ports, memory, video),
    neededFor(ports, video),
    findingsOf(memory, video),
    edition === undefined ? [] : memory.filesOf(video.id, edition),
  ])
  const keyByName = new Map(names.map((name) => [name, deliverableKey(video.id, name, edition)]))
  const pictures = material.pictureKeys.filter((key) => key !== undefined)
  const keys = [...new Set([...keyByName.values(), ...pictures])]
  const linked: Links | typeof noLinks = keys.length === 0 ? noLinks : await ports.linksTo(keys)
  const links: Record<string, string> = 'links' in linked ? linked.links : {}
  const files = [...keyByName].flatMap(([name, key]) => (links[key] === undefined ? [] : [[name, links[key]]]))
  return {
    ...summary,
    notices: [
      ...summary.notices,
      ...('notice' in linked ? [linked.notice] : hlsNotices(ports, video, files.length > 0)),
    ],
    request: shownRequest(video.request),
    steps: stepsOf(video.status, events),
    scenes: scenesOf(material, links),
    bill,
    ...(needed !== undefined && { neededUsd: needed / 1e6 }),
    ...(findings && { findings }),
    ...(files.length > 0 && { links: Object.fromEntries(files) }),
    ...(isTimed(linked) && { linksExpireAt: linked.expiresAt }),
  }
}

function hlsNotices({ hlsNotice }: Ports, { request }: VideoRecord, isLinked: boolean): string[] {
  return hlsNotice !== undefined && request.hls && isLinked ? [hlsNotice] : []
}

/** Of the finished version, with the machine's share; else what the services charged so far. */
async function billFor({ videos }: Ports, memory: Memory, video: VideoRecord): Promise<Bill> {
  const edition = madeEdition(video)
  const isWhole = video.status === 'done' && edition !== undefined
  const kept = isWhole ? await memory.readOnce<CoreBill>(deliverableKey(video.id, 'bill.json', edition)) : undefined
  if (!kept) return shownBill(billOf(video.id, await videos.calls(video.id), []))
  return shownBill(video.made?.isBack ? billWith(video.id, await videos.calls(video.id), kept) : kept)
}

async function neededFor({ videos }: Ports, { id, status, error }: VideoRecord): Promise<number | undefined> {
  return status === 'failed' && error?.name === 'BudgetError' ? neededMicroUsd(await videos.calls(id)) : undefined
}

function shownBill({ totalMicroUsd, lines, unsettled, failures }: CoreBill): Bill {
  return {
    currency: 'USD',
    totalUsd: totalMicroUsd / 1e6,
    lines: lines.map(({ stage, scene, provider, model, unit, units, costMicroUsd, about }) => ({
      stage,
      ...fromOne(scene),
      provider,
      model,
      unit,
      units,
      costUsd: costMicroUsd / 1e6,
      ...(about !== undefined && { about }),
    })),
    unsettled: unsettled.map(({ stage, scene, provider, estimateMicroUsd = 0 }) => ({
      stage,
      ...fromOne(scene),
      provider,
      estimateUsd: estimateMicroUsd / 1e6,
    })),
    failures: failures.map(({ stage, scene, provider, outcome, reason }) => ({
      stage,
      ...fromOne(scene),
      provider,
      outcome,
      reason,
    })),
  }
}

function fromOne(scene: number | undefined): { scene?: number } {
  return scene === undefined ? {} : { scene: scene + 1 }
}

/** Of the finished version; of one that failed its check, its own: they say why it is not there. */
async function findingsOf({ readOnce }: Memory, video: VideoRecord): Promise<Finding[] | undefined> {
  const isFaulty = video.status === 'failed' && video.error?.name === 'FaultyVideoError'
  const edition = isFaulty ? (video.edition?.number ?? 1) : madeEdition(video)
  if (edition === undefined) return undefined
  // Another try at that version may be measured otherwise.
  const state = isFaulty ? `version ${video.version}` : undefined
  const kept = await readOnce<{ findings: Finding[] }>(deliverableKey(video.id, 'qc.json', edition), state)
  return kept?.findings.map(({ check, ok, measured, wanted }) => ({ check, ok, measured, wanted }))
}

function isTimed(linked: object): linked is { expiresAt: string } {
  return 'expiresAt' in linked
}
