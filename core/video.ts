export type VideoStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
export type VideoRequest = Record<string, unknown>
