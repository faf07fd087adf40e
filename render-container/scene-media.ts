// The scenes' pictures and clips, made ready for the painter: each when the first segment that shows it is rendered.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Composition } from '../core/ports.ts'
import type { PreparedMedia, PreparedPicture } from './media/prepared.ts'
import type { Parts, SourceFile } from './parts.ts'
import { CrashError, type Pool } from './pool.ts'
import { scenesOnScreen } from './segments.ts'

export type SceneMediaFiles = {
  prepared: (scene: number) => Promise<PreparedMedia>
  /** Whether something else is shown because the scene's own media crashed its child. */
  isReplaced: (scene: number) => boolean
  /** Lines for the user about all scenes. */
  notices: () => Promise<string[]>
  /** What is shown where nothing else can be. */
  plain: () => Promise<PreparedPicture>
}

/** Later than what a running segment waits for, before the segments that wait. */
const PRIORITY = 1e6
/** A dark blue grey: luma and chroma of limited-range BT.709. */
const PLAIN = { luma: 44, blue: 134, red: 125, sidePx: 16 }

export function sceneMediaOf(
  { timeline, scratchDir }: Composition,
  pool: Pool,
  parts: Parts,
  sources: (key: string) => Promise<SourceFile>,
): SceneMediaFiles {
  const onScreen = scenesOnScreen(timeline)
  const frame = { widthPx: timeline.width, heightPx: timeline.height, fps: timeline.fps }
  const begun = new Map<number, Promise<{ prepared: PreparedMedia; notices: string[] }>>()
  const replaced = new Set<number>()
  let plainPicture: Promise<PreparedPicture> | undefined
  const plain = () => (plainPicture ??= writePlain(join(scratchDir, 'plain.yuv')))

  function framesOf(scene: number): number {
    const { firstFrame, lastFrame } = onScreen[scene]!
    return lastFrame - firstFrame + 1
  }
  async function prepare(scene: number) {
    const { media, motion } = timeline.scenes[scene]!
    const { path } = await sources(media.key)
    const planesPath = join(scratchDir, `media-${scene}.yuv`)
    const task = { path, scene, media, motion, frame, framesOnScreen: framesOf(scene), planesPath }
    // In the order of the scenes.
    const priority = PRIORITY - scene
    try {
      return await pool.run('media', task, `scene ${scene + 1}'s ${media.kind}`, { priority })
    } catch (error) {
      if (!(error instanceof CrashError)) throw error
      replaced.add(scene)
      const notice = `scene ${scene + 1}: its ${media.kind} cannot be decoded; a plain background stands there`
      return { prepared: await plain(), notices: [notice] }
    }
  }
  function once(scene: number) {
    const known = begun.get(scene)
    if (known) return known
    const preparing = prepare(scene)
    begun.set(scene, preparing)
    return preparing
  }
  async function noticesOf(scene: number): Promise<string[]> {
    const { media } = timeline.scenes[scene]!
    const { sha256 } = await sources(media.key)
    const about = ['notices', { ...media, key: sha256 }, scene, framesOf(scene), timeline.fps]
    const make = async () => (await once(scene)).notices
    const kept = await parts.value(about, make, () => !replaced.has(scene))
    return replaced.has(scene) ? make() : kept
  }
  return {
    prepared: async (scene) => (await once(scene)).prepared,
    isReplaced: (scene) => replaced.has(scene),
    notices: async () => (await Promise.all(timeline.scenes.map((_, scene) => noticesOf(scene)))).flat(),
    plain,
  }
}

async function writePlain(planesPath: string): Promise<PreparedPicture> {
  const { luma, blue, red, sidePx } = PLAIN
  const chroma = (sidePx / 2) ** 2
  await writeFile(
    planesPath,
    Buffer.concat([Buffer.alloc(sidePx ** 2, luma), Buffer.alloc(chroma, blue), Buffer.alloc(chroma, red)]),
  )
  const all = { left: 0, top: 0, width: sidePx, height: sidePx }
  return { kind: 'picture', planesPath, widthPx: sidePx, heightPx: sidePx, from: all, to: all }
}
