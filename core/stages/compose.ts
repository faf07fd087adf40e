import * as z from 'zod'
import { assOf } from '../captions.ts'
import type { CaptionLookId } from '../catalog.ts'
import { fontFor } from '../fonts.ts'
import { assetKey } from '../keys.ts'
import { json, readJson } from '../once.ts'
import type { ComposeReport } from '../ports.ts'
import type { Timeline } from '../timeline.ts'
import type { StagePorts, Workspace } from '../stage.ts'
import { videoOf } from '../records.ts'

export const ComposeInput = z.object({ videoId: z.string(), timelineKey: z.string() })

export type Render = ComposeReport & { seconds: number; video: string; poster: string }

/** Renders the timeline. Gives nothing back but keys that follow from its input: a Batch job has no return channel. */
export async function compose({ videoId, timelineKey }: z.infer<typeof ComposeInput>, ports: StagePorts) {
  const { owner } = await videoOf(ports.videos, videoId)
  const timeline = (await readJson(ports.objects, timelineKey)) as Timeline
  const keys = renderKeys(owner, ports.compose.version, timeline)
  if (await ports.objects.head(keys.render)) return keys
  const workspace = await ports.openWorkspace()
  try {
    const startedAt = ports.now().getTime()
    const { videoPath, posterPath, report } = await renderIn(workspace, timeline, ports)
    await workspace.store(videoPath, keys.video, 'video/mp4')
    await workspace.store(posterPath, keys.poster, 'image/jpeg')
    const seconds = (ports.now().getTime() - startedAt) / 1000
    const render: Render = { ...report, seconds, video: keys.video, poster: keys.poster }
    await ports.objects.put(keys.render, json(render), { contentType: 'application/json' })
    return keys
  } finally {
    await workspace.close()
  }
}

/** What a render is made of: the renderer, the timeline (which names its assets by their content), the drawn captions. */
export function renderKeys(owner: string, version: string, timeline: Timeline) {
  const parts = [version, timeline, captionsAssOf(timeline)]
  return {
    render: assetKey(owner, 'render', ...parts),
    video: assetKey(owner, 'video', ...parts),
    poster: assetKey(owner, 'poster', ...parts),
  }
}

async function renderIn(workspace: Workspace, timeline: Timeline, ports: StagePorts) {
  const videoPath = `${workspace.dir}/video.mp4`
  const posterPath = `${workspace.dir}/poster.jpg`
  const composition = {
    timeline,
    captionsAss: captionsAssOf(timeline),
    picturePaths: await Promise.all(timeline.scenes.map((scene) => workspace.fetch(scene.picture))),
    narrationPath: timeline.narration && (await workspace.fetch(timeline.narration.key)),
    musicPath: timeline.music && (await workspace.fetch(timeline.music.key)),
    fontsDir: ports.fontsDir,
    scratchDir: workspace.scratchDir,
    videoPath,
    posterPath,
  }
  const report = await ports.compose.run(
    composition,
    ({ framesDone, framesTotal }) =>
      ports.report({ stage: 'compose', done: framesDone, total: framesTotal, unit: 'frames' }),
    ports.signal,
  )
  return { videoPath, posterPath, report }
}

/** The captions and watermark as libass draws them; undefined when there are none. */
export function captionsAssOf(timeline: Timeline, look: CaptionLookId = timeline.captions?.look ?? 'none') {
  const text = [...timeline.words.map((word) => word.text), timeline.watermark ?? ''].join(' ')
  return assOf(timeline, look, fontFor(text, timeline.language))
}
