// What every step of one render is handed.
import type { Composition } from '../core/ports.ts'
import type { Parts, SourceFile } from './parts.ts'
import type { Pool } from './pool.ts'
import type { SceneMediaFiles } from './scene-media.ts'

export type Work = {
  composition: Composition
  pool: Pool
  parts: Parts
  sources: (key: string) => Promise<SourceFile>
  media: SceneMediaFiles
}

/** Before everything that waits. */
export const FIRST = 1e9
