// Real stores and embedded providers for one stage at a time; no renderer.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { StagePorts } from '../../../core/stage.ts'
import { parseRequest, type VideoRequest } from '../../../core/video.ts'
import { providersFor } from '../../../providers/registry.ts'
import { openDiskObjects } from '../../../stores/objects/disk.ts'
import { openDatabase } from '../../../stores/sqlite.ts'
import { openSqliteVideos } from '../../../stores/videos/sqlite.ts'

export const videoId = 'vid_1'
export const owner = 'local'

/** With one video, made from `wishes` or from a request as it stands. */
export async function portsFor(
  wishes: object,
  media?: VideoRequest['media'],
  choices?: VideoRequest['choices'],
): Promise<StagePorts> {
  const dir = mkdtempSync(join(tmpdir(), 'stage-'))
  const db = openDatabase(join(dir, 'test.db'))
  onTestFinished(() => {
    db.close()
    rmSync(dir, { recursive: true })
  })
  const objects = openDiskObjects({ dir: join(dir, 'objects'), db })
  const videos = openSqliteVideos(db)
  await videos.create({
    id: videoId,
    owner,
    createdAt: new Date().toISOString(),
    status: 'running',
    request: { ...parseRequest(wishes), media, choices },
    notices: [],
  })
  return {
    objects,
    videos,
    providers: (chosen) => providersFor(chosen, '2026-11-23'),
    openWorkspace: async () => {
      const folder = mkdtempSync(join(dir, 'workspace-'))
      return {
        dir: folder,
        scratchDir: folder,
        fetch: (key: string) => objects.pathOf(key),
        store: async (path: string, key: string, contentType: string) =>
          void (await objects.put(key, readFileSync(path), { contentType })),
        close: async () => rmSync(folder, { recursive: true }),
      }
    },
    machine: { provider: 'this machine', usdPerHour: 0 },
    fontsDir: '',
    now: () => new Date(),
    report: () => {},
    signal: new AbortController().signal,
    compose: { version: 'test', run: unexpected },
    inspect: unexpected,
    preview: unexpected,
  }
}

async function unexpected(): Promise<never> {
  throw new Error('this stage does not render')
}
