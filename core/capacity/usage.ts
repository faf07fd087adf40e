// What one video uses, and what is there whether videos are made or not. Figures as data, so that each can be replaced
// by what a real installation measures. `lib/` cannot be imported here: a test holds these and `lib/` together.
import type { Role } from '../models.ts'

/** lib/config.ts: what an installation of that size may start, and from how many videos an hour on the next is meant. */
export const sizes = {
  small: { videosPerHour: 10, spotVcpus: 8, onDemandVcpus: 4, processorVcpus: 16, warmVcpus: 0, scaleDownMinutes: 20 },
  medium: {
    videosPerHour: 50,
    spotVcpus: 16,
    onDemandVcpus: 8,
    processorVcpus: 32,
    warmVcpus: 0,
    scaleDownMinutes: 20,
  },
  enterprise: {
    videosPerHour: 200,
    spotVcpus: 64,
    onDemandVcpus: 32,
    processorVcpus: 64,
    warmVcpus: 4,
    scaleDownMinutes: 30,
  },
} as const satisfies Record<string, Size>
export type SizeName = keyof typeof sizes
export type Size = {
  videosPerHour: number
  spotVcpus: number
  onDemandVcpus: number
  processorVcpus: number
  warmVcpus: number
  scaleDownMinutes: number
}

/** A month has 730 hours. Videos are ordered in half of them, twelve hours of each day. */
export const traffic = { hoursPerMonth: 730, activeHours: 365, daysPerMonth: 30.4, busiestHourShare: 0.15, busyDay: 2 }

/**
 * Seconds that one request to a service takes, the middle of what requirements for such systems expect (speech 5 to
 * 10 s, a picture about 12). Not measured against the services.
 */
export const serviceSeconds: Record<Role, number> = {
  write: 12,
  plan: 8,
  illustrate: 12,
  narrate: 7,
  align: 4,
  score: 15,
}
/** The same where it is embedded: in the stage's own function. */
export const embeddedSeconds: Record<Role, number> = {
  write: 0,
  plan: 1,
  illustrate: 3,
  narrate: 6,
  align: 4,
  score: 4,
}
/** What a stage's function takes beside what it waits for: start, reading, writing. */
export const stageSeconds = {
  write: 1,
  narrate: 2,
  plan: 1,
  illustrate: 1,
  score: 1,
  warm: 0.5,
  assemble: 2,
  publish: 15,
}

/**
 * A render job on one g4dn.xlarge: 30 s to start, fetch and store, then 40 s a minute of video, so about a minute for
 * 45 s. Not measured on a GPU. `processor`: the same without one, on 4 vCPU (docs/performance.md has 17.6 s a minute
 * of video on two whole cores; vCPUs are half of one).
 */
export const render = {
  vcpusPerJob: 4,
  startSeconds: 30,
  gpuSecondsPerSecond: 2 / 3,
  processorSecondsPerSecond: 2,
  processorMemoryGb: 16,
  bootMinutes: [2, 5],
  pullSeconds: 40,
  /** A machine taken back in an hour of work: the middle of 5 to 15 % that is told of sought-after GPUs. */
  lossPerHour: 0.1,
  /** Of the orders for a machine: no spot one is found for ten minutes, and then no on-demand one either. */
  noSpotShare: 0.02,
  noGpuShare: 0.002,
  cancelMinutes: 10,
  /** lib/render. Of a processor's disk 20 GB are free; the rest costs next to nothing in two minutes. */
  diskGb: 50,
  imageGb: 3,
} as const

/**
 * States of workflow/video.asl.json that a video without a fault goes through: `each` for every picture; the start and
 * the end of the execution count as one each. Retries are counted like states.
 */
export const transitions = { fixed: 11, each: 1, startAndEnd: 2, retriesPerVideo: 0.5 }

/**
 * Write units (1 KB begun) and read units (4 KB begun). A record is at most 3 KB and lies in the table and two indexes;
 * an index entry whose key changes is written twice. A call is recorded, settled, claimed and released.
 */
export const table = {
  recordKb: 3,
  recordWrites: 3 * 3 + 4 * 3 + 4 * 3,
  otherWrites: 2,
  writesPerCall: 4,
  events: 40,
  writesPerEvent: 1,
  readsPerStage: 1,
  readsPerCall: 5,
  readsPerApiRequest: 2,
  readsPerEvent: 1,
  kbPerVideo: 3 * 3 + 40 * 0.5,
  kbPerCall: 1,
  monthsKept: 12,
  backupsKept: 7,
}

/** Objects written and asked for; `PerCall`: for each thing that a service makes; `PerSecond`: of finished video. */
export const objects = {
  puts: 22,
  putsPerCall: 2,
  putsPerSecond: 0.45,
  gets: 40,
  getsPerCall: 4,
  getsPerSecond: 0.45,
  videoMbPerSecond: 0.45,
  extraVideoMb: 2,
  pictureMb: 1,
  soundMbPerSecond: 0.3,
  /** lib/data/buckets.ts; a year is counted. Parts go after a week, the rest becomes cheaper after a month. */
  partMonths: 0.23,
  fullMonths: 1,
  laterMonths: 11,
  archiveMonths: 6,
  deepMonths: 6,
  /** Of more than 128 KB, which alone are moved: pictures come on top. */
  largeWorkObjects: 4,
  largeVideoObjects: 3,
  archivePuts: 3,
}

/** `requestsPerView`: the page, the video in ranges, captions. `watchedShare`: of a video, on average. */
export const delivery = { viewsPerVideo: 20, requestsPerView: 8, watchedShare: 1 }
/** Creating it, looking how far it is, asking for the link. */
export const api = { requestsPerVideo: 15, wafRules: 4 }

export const watch = {
  logsMbPerVideo: 0.5,
  logsMbPerMonth: 500,
  /** core/metrics.ts, with each of its dimensions. */
  metrics: 30,
  /** Metrics in alarms, for each of which CloudWatch charges: lib/monitoring/alarms.ts (test/lib/planner.test.ts counts them). */
  alarms: 76,
  dashboards: 2,
  tracesPerVideo: 5,
  keys: 1,
  keyRequestsPerVideo: 60,
  secrets: 4,
  secretRequestsPerVideo: 10,
  queueRequestsPerMonth: 800_000,
}

/**
 * lib/functions.ts: memory; here how often each runs for a video (or in a month) and how long. Stages and services have
 * their times above: what depends on the video is reckoned in bill/functions.ts.
 */
export const functionMemoryMiB = {
  write: 1024,
  plan: 1024,
  narrate: 1769,
  illustrate: 1769,
  score: 1769,
  warm: 256,
  assemble: 1024,
  publish: 7076,
  fail: 256,
  openai: 1024,
  elevenlabs: 1024,
  gemini: 1024,
  api: 1024,
  authorizer: 512,
  'check-upload': 3538,
  'on-upload': 1024,
  'on-end': 512,
  'on-render': 256,
  sweep: 512,
  deliver: 512,
  archive: 1024,
  rotate: 512,
}
export type FunctionName = keyof typeof functionMemoryMiB

/**
 * `failedShare` of the videos fail. The sweeper runs every five minutes, the archive
 * weekly, a rotation monthly; webhooks are looked after every minute, longer where there are any.
 */
export const housekeeping = {
  failedShare: 0.02,
  perVideo: {
    api: [15, 0.2],
    authorizer: [5, 0.1],
    // Every fifth video brings a file of its own.
    'check-upload': [0.2, 5],
    'on-end': [1, 0.5],
    'on-render': [2, 0.1],
    archive: [1, 0.5],
  },
  perMonth: { sweep: [8760, 2], deliver: [43_800, 0.5], rotate: [12, 10] },
} as const
