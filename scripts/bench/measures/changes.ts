// What is not rendered again: after one scene has changed, after nothing has, after half was finished.
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Media, Minute } from '../minute/minute.ts'
import { withOtherPicture } from '../minute/minute.ts'
import { composeWhole, type Whole } from './whole.ts'

export type Changes = { whole: Whole; oneScene: Whole; nothing: Whole; stopped: Whole; resumed: Whole }

export async function measureChanges(minute: Minute, media: Media, scratch: string): Promise<Changes> {
  const folder = await mkdtemp(join(scratch, 'changes-'))
  const interrupted = await mkdtemp(join(scratch, 'resume-'))
  try {
    const whole = await composeWhole(minute, scratch, { folder })
    const oneScene = await composeWhole(withOtherPicture(minute, media), scratch, { folder })
    const nothing = await composeWhole(minute, scratch, { folder })
    const stopped = await composeWhole(minute, scratch, { folder: interrupted, stopAt: 0.5 })
    const resumed = await composeWhole(minute, scratch, { folder: interrupted })
    return { whole, oneScene, nothing, stopped, resumed }
  } finally {
    for (const dir of [folder, interrupted]) await rm(dir, { recursive: true, force: true })
  }
}
