import type { CallRecord, NewVideo } from '../../core/ports.ts'
import { parseRequest } from '../../core/video.ts'

export const newVideo = (id: string, more: Partial<NewVideo> = {}): NewVideo => ({
  id,
  owner: 'ann',
  createdAt: '2026-01-02T03:04:05.678Z',
  status: 'queued',
  request: parseRequest({ script: 'Grüße aus 東京 🦊', scenes: 3, music: 'none' }),
  notices: [],
  ...more,
})
export const call = (key: string, more: Partial<CallRecord> = {}): CallRecord => ({
  key,
  stage: 'illustrate',
  scene: 2,
  provider: 'embedded',
  startedAt: '2026-01-02T03:04:06.000Z',
  ...more,
})
export const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds
