// Every Lambda, as data: what the bundler builds, what the stacks create and grant, what the monitoring watches.
import type { ServiceId } from '../core/models.ts'

/**
 * `kind`: a stage is a state of the workflow; a service is the only one that calls that service; an edge meets the
 * outside; the others keep house. `memoryMiB`: 1,769 is one processor. `needs`: exactly what it may use.
 */
export type FunctionSpec = {
  kind: 'stage' | 'service' | 'edge' | 'housekeeping'
  memoryMiB: number
  timeoutSeconds: number
  /** Of /tmp; 512 is free. */
  scratchMiB?: number
  /** Functions that it may call: those of these services, and others by their names. */
  calls?: readonly (ServiceId | 'check-upload')[]
  needs: readonly Need[]
  /** What travels beside the bundle. */
  carries?: readonly Carried[]
}

/**
 * - table: items, read, written and changed; table.append: read, and new ones written; table.delete: items, deleted; table.read: single items, read only; table.index,
 *   table.owners: the index of states or of owners, read
 * - work.*, videos.*, archive.write: objects of that bucket (work.delete: assets, renders and their parts); uploads.read, uploads.write: of its inbox
 * - uploads.manage: records of uploads, forms to send files with, and their deletion; uploads.check: to look into what
 *   came in and keep it; uploads.names: to read the records; uploads.fonts: to
 *   read what lies among the owners' uploads
 * - workflow.start, workflow.read, workflow.stop: executions; render.warm: the warming job
 * - secret: its own service's key; signing: the key that signs links; rotation: every service's secret, to rotate it
 * - alerts: publish to the operators' topic
 */
export type Need =
  | 'table'
  | 'table.append'
  | 'table.delete'
  | 'table.read'
  | 'table.index'
  | 'table.owners'
  | 'work.read'
  | 'work.write'
  | 'work.delete'
  | 'uploads.read'
  | 'uploads.write'
  | 'uploads.manage'
  | 'uploads.check'
  | 'uploads.names'
  | 'uploads.fonts'
  | 'videos.read'
  | 'videos.write'
  | 'videos.delete'
  | 'archive.write'
  | 'workflow.start'
  | 'workflow.read'
  | 'workflow.stop'
  | 'render.warm'
  | 'secret'
  | 'signing'
  | 'rotation'
  | 'alerts'
/** canvas: @napi-rs/canvas; ffmpeg: node-av; fonts: assets/fonts; voice: the embedded voice; icons: the embedded pictures. */
export type Carried = 'canvas' | 'ffmpeg' | 'fonts' | 'voice' | 'icons'

const stage = { kind: 'stage', timeoutSeconds: 900 } as const
const service = {
  kind: 'service',
  memoryMiB: 1024,
  // Longer than any single thing takes to make, its further tries included.
  timeoutSeconds: 840,
  needs: ['table', 'table.delete', 'work.read', 'work.write', 'secret'],
} as const

export const functions = {
  write: { ...stage, memoryMiB: 1024, calls: ['openai', 'gemini'], needs: ['table', 'work.read', 'work.write'] },
  plan: { ...stage, memoryMiB: 1024, calls: ['openai', 'gemini'], needs: ['table', 'work.read', 'work.write'] },
  narrate: {
    ...stage,
    memoryMiB: 1769,
    calls: ['openai', 'elevenlabs', 'gemini'],
    needs: ['table', 'work.read', 'work.write'],
    carries: ['voice'],
  },
  illustrate: {
    ...stage,
    memoryMiB: 1769,
    calls: ['openai', 'gemini'],
    needs: ['table', 'work.read', 'work.write'],
    carries: ['canvas', 'icons', 'fonts'],
  },
  score: { ...stage, memoryMiB: 1769, calls: ['elevenlabs'], needs: ['table', 'work.read', 'work.write'] },
  warm: { ...stage, memoryMiB: 256, timeoutSeconds: 30, needs: ['render.warm'] },
  assemble: {
    ...stage,
    memoryMiB: 1024,
    timeoutSeconds: 120,
    needs: ['table.append', 'work.read', 'work.write', 'uploads.fonts'],
  },
  publish: {
    ...stage,
    memoryMiB: 7076,
    scratchMiB: 4096,
    needs: ['table', 'work.read', 'videos.write', 'videos.read', 'uploads.fonts'],
    carries: ['ffmpeg', 'canvas', 'fonts'],
  },
  fail: { ...stage, memoryMiB: 256, timeoutSeconds: 60, needs: ['table'] },

  // Pictures are looked at before they are kept.
  openai: { ...service, carries: ['canvas'] },
  elevenlabs: service,
  gemini: { ...service, carries: ['canvas'] },

  api: {
    kind: 'edge',
    memoryMiB: 1024,
    timeoutSeconds: 29,
    calls: ['check-upload'],
    needs: [
      'table',
      'table.delete',
      'table.owners',
      'work.read',
      'work.delete',
      'videos.read',
      'videos.delete',
      'uploads.write',
      'uploads.manage',
      'workflow.start',
      'workflow.stop',
      'signing',
    ],
  },
  // The largest clip, fetched and kept again: two thirds of a minute at most.
  'check-upload': {
    kind: 'edge',
    memoryMiB: 3538,
    timeoutSeconds: 120,
    scratchMiB: 2048,
    needs: ['uploads.check'],
    carries: ['ffmpeg', 'canvas'],
  },
  authorizer: { kind: 'edge', memoryMiB: 512, timeoutSeconds: 10, needs: ['table.read'] },
  'on-upload': {
    kind: 'edge',
    memoryMiB: 1024,
    timeoutSeconds: 300,
    needs: ['table', 'table.delete', 'uploads.read', 'uploads.write', 'uploads.names', 'workflow.start'],
  },

  'on-end': { kind: 'housekeeping', memoryMiB: 512, timeoutSeconds: 60, needs: ['table'] },
  'on-render': { kind: 'housekeeping', memoryMiB: 256, timeoutSeconds: 30, needs: [] },
  sweep: {
    kind: 'housekeeping',
    memoryMiB: 512,
    timeoutSeconds: 300,
    needs: ['table', 'table.delete', 'table.index', 'workflow.start', 'workflow.read'],
  },
  // Its rounds of sending begin in the first 48 s, and the last of them may take 20 s.
  deliver: { kind: 'housekeeping', memoryMiB: 512, timeoutSeconds: 90, needs: ['table', 'table.index'] },
  archive: {
    kind: 'housekeeping',
    memoryMiB: 1024,
    timeoutSeconds: 900,
    needs: ['table.append', 'table.index', 'videos.read', 'archive.write'],
  },
  rotate: { kind: 'housekeeping', memoryMiB: 512, timeoutSeconds: 120, needs: ['rotation', 'alerts'] },
} as const satisfies Record<string, FunctionSpec>

export type FunctionName = keyof typeof functions
