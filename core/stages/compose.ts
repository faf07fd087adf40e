import * as z from 'zod'
import { contentTypeOf, partKey, partsListKey, renderKey } from '../keys.ts'
import { json, readJson } from '../once.ts'
import type { ComposeReport, PartStore } from '../ports.ts'
import { activeVideoOf } from '../records.ts'
import type { StagePorts, Workspace } from '../stage.ts'
import type { Timeline } from '../timeline.ts'

export const ComposeInput = z.object({ videoId: z.string(), timelineKey: z.string() })

/** What is known of a finished render. Its files lie beside it, under the names in `files`; `parts` are keys. */
export type Render = ComposeReport & { seconds: number; machine: StagePorts['machine']; parts?: string[] }

/** Type of the event that names, in `renderedKey`, where a render is going to lie: whoever deletes the video finds it. */
const renderingEvent = 'rendering'

/** Renders the timeline. Gives nothing back but a key that follows from its input: a Batch job has no return channel. */
export async function compose({ videoId, timelineKey }: z.infer<typeof ComposeInput>, ports: StagePorts) {
  const { owner } = await activeVideoOf(ports.videos, videoId)
  const timeline = (await readJson(ports.objects, timelineKey)) as Timeline
  const fileKey = renderKeys(owner, ports.compose.version, timeline)
  const renderedKey = fileKey('render.json')
  await ports.videos.appendEvent(videoId, { at: ports.now().toISOString(), type: renderingEvent, renderedKey })
  if (await ports.objects.head(renderedKey)) return { renderedKey }
  const workspace = await ports.openWorkspace()
  try {
    const startedAt = ports.now().getTime()
    const outDir = `${workspace.dir}/out`
    const note = await noteOf(partsListKey(renderedKey), videoId, ports)
    const { report, parts } = await renderInto(outDir, workspace, { owner, timeline, note }, ports)
    for (const name of filesOf(report)) await workspace.store(`${outDir}/${name}`, fileKey(name), contentTypeOf(name))
    const seconds = (ports.now().getTime() - startedAt) / 1000
    const notices = [...report.notices, ...(ports.renderNote === undefined ? [] : [ports.renderNote])]
    const render: Render = { ...report, notices, seconds, machine: ports.machine, parts }
    // Last: where this is, all is there.
    await ports.objects.put(renderedKey, json(render), { contentType: 'application/json' })
    return { renderedKey }
  } finally {
    await workspace.close()
  }
}

/**
 * Where the files of a render lie, by name. What it is made of: the renderer's version and the timeline, which names
 * its assets by their content and from which the captions are drawn.
 */
export function renderKeys(owner: string, version: string, timeline: Timeline): (name: string) => string {
  return (name) => renderKey(owner, name, version, timeline)
}

export function filesOf({ files }: Pick<ComposeReport, 'files'>): string[] {
  return [files.video, files.poster, ...(files.hls ?? [])]
}

/**
 * Writes down which parts there are before they are: a render that is never finished leaves them, and whoever deletes
 * its video finds them there. Those of a try before stay noted. Not for a video that is gone: nobody would look for it
 * again.
 */
async function noteOf(listKey: string, videoId: string, { objects, videos }: StagePorts) {
  const before = (await objects.head(listKey)) ? ((await readJson(objects, listKey)) as { parts: string[] }).parts : []
  const noted = new Set(before)
  let wanted = noted
  let writing = Promise.resolve()
  const write = async () => {
    // Another one of those that waited has written it.
    if (wanted.size === noted.size || !(await videos.get(videoId))) return
    const parts = [...wanted].toSorted()
    await objects.put(listKey, json({ parts }), { contentType: 'application/json' })
    for (const key of parts) noted.add(key)
  }
  return (key: string): Promise<void> => {
    wanted = new Set([...wanted, key])
    writing = writing.catch(() => {}).then(write)
    return writing
  }
}

type Note = (key: string) => Promise<void>
type Rendering = { owner: string; timeline: Timeline; note: Note }

async function renderInto(
  outDir: string,
  workspace: Workspace,
  { owner, timeline, note }: Rendering,
  ports: StagePorts,
) {
  const fetched = new Map<string, Promise<string>>()
  const fetch = (key: string) => {
    const path = fetched.get(key) ?? workspace.fetch(key)
    fetched.set(key, path)
    return path
  }
  const { fontsDir, signal } = ports
  const used = new Set<string>()
  const parts = partStore(owner, workspace, ports, { used, note })
  const report = await ports.compose.run(
    { timeline, fetch, parts, fontsDir, scratchDir: workspace.scratchDir, outDir },
    ({ framesDone, framesTotal, framesPerSecond, secondsLeft }) =>
      ports.report({
        stage: 'compose',
        done: framesDone,
        total: framesTotal,
        unit: 'frames',
        ...(framesPerSecond === undefined ? {} : { perSecond: framesPerSecond, secondsLeft }),
      }),
    signal,
  )
  return { report, parts: [...used].toSorted() }
}

/** Parts among the owner's objects, so that any machine goes on where another one was stopped. `used`: their keys. */
function partStore(
  owner: string,
  workspace: Workspace,
  { objects }: StagePorts,
  { used, note }: { used: Set<string>; note: Note },
): PartStore {
  return {
    find: async (hash, extension) => {
      const key = partKey(owner, hash, extension)
      if (!(await objects.head(key))) return undefined
      used.add(key)
      return workspace.fetch(key)
    },
    keep: async (hash, extension, path) => {
      const key = partKey(owner, hash, extension)
      used.add(key)
      await note(key)
      await workspace.store(path, key, 'application/octet-stream')
    },
  }
}
