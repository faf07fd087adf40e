import { api, objects, stageSeconds, table } from '../usage.ts'
import { callsOf, type Workload } from '../workload.ts'
import { type BillLine, type Factor, pricedLine, rounded } from './line.ts'

/** The table and the buckets, as they are after a year: what is kept is full by then. */
export function dataLines(workload: Workload): BillLine[] {
  return [...tableLines(workload), ...bucketLines(workload)]
}

function tableLines(workload: Workload): BillLine[] {
  const { videosPerMonth: videos, pictures } = workload
  const calls = callCount(workload)
  const writes =
    table.recordWrites + table.otherWrites + calls * table.writesPerCall + table.events * table.writesPerEvent
  const stageRuns = Object.keys(stageSeconds).length + pictures
  const reads =
    stageRuns * table.readsPerStage +
    calls * table.readsPerCall +
    api.requestsPerVideo * table.readsPerApiRequest +
    table.events * table.readsPerEvent
  const kb = table.kbPerVideo + calls * table.kbPerCall
  const size: Factor[] = [[rounded((videos * table.monthsKept * kb) / 1e6, 3), 'GB']]
  return [
    pricedLine('Data', 'table, writes', 'tableWrites', [
      [videos, 'videos'],
      [writes, 'write units'],
    ]),
    pricedLine('Data', 'table, reads', 'tableReads', [
      [videos, 'videos'],
      [reads, 'read units'],
    ]),
    pricedLine('Data', 'table, what it holds', 'tableStorage', size),
    pricedLine('Data', 'table, to go back to any second', 'tableRecovery', size),
    pricedLine('Data', 'table, daily backups', 'tableBackup', [...size, [table.backupsKept, 'backups']]),
  ]
}

function bucketLines(workload: Workload): BillLine[] {
  const { videosPerMonth: videos, pictures, seconds } = workload
  const { puts, gets } = requestsOf(workload)
  const videoMb = videoMbOf(workload)
  const workMb = workMbOf(workload)
  const partMb = rounded(seconds * objects.videoMbPerSecond, 1)
  const kept = (mb: number, months: number): Factor[] => [
    [videos, 'videos'],
    [mb, 'MB'],
    [months, 'months'],
    ['÷', 1000],
  ]
  return [
    pricedLine('Data', 'objects, written', 'puts', [
      [videos, 'videos'],
      [puts, 'PUT'],
    ]),
    pricedLine('Data', 'objects, asked for', 'gets', [
      [videos, 'videos'],
      [gets, 'GET or HEAD'],
    ]),
    pricedLine('Data', 'parts of renders, a week', 'storage', kept(partMb, objects.partMonths)),
    pricedLine('Data', 'pictures and sound, first month', 'storage', kept(workMb, objects.fullMonths)),
    pricedLine('Data', 'pictures and sound, later', 'storageInstant', kept(workMb, objects.laterMonths)),
    pricedLine('Data', 'pictures and sound, moved', 'instantPuts', [
      [videos, 'videos'],
      [pictures + objects.largeWorkObjects, 'objects'],
    ]),
    pricedLine('Data', 'finished videos, first month', 'storage', kept(videoMb, objects.fullMonths)),
    pricedLine('Data', 'finished videos, later', 'storageTiered', kept(videoMb, objects.laterMonths)),
    pricedLine('Data', 'finished videos, watched for reads', 'tierWatch', [
      [videos, 'videos'],
      [objects.largeVideoObjects, 'objects'],
      [objects.laterMonths, 'months'],
    ]),
    pricedLine('Data', 'archive (Glacier)', 'archive', kept(videoMb, objects.archiveMonths)),
    pricedLine('Data', 'archive, later (Deep Archive)', 'archiveDeep', kept(videoMb, objects.deepMonths)),
    pricedLine('Data', 'archive, written', 'archivePuts', [
      [videos, 'videos'],
      [objects.archivePuts, 'PUT'],
    ]),
  ]
}

export function requestsOf(workload: Workload): { puts: number; gets: number } {
  const { seconds } = workload
  const calls = callCount(workload)
  return {
    puts: Math.round(objects.puts + calls * objects.putsPerCall + seconds * objects.putsPerSecond),
    gets: Math.round(objects.gets + calls * objects.getsPerCall + seconds * objects.getsPerSecond),
  }
}

/** The finished video with its poster, preview and captions. */
export function videoMbOf({ seconds }: Pick<Workload, 'seconds'>): number {
  return rounded(seconds * objects.videoMbPerSecond + objects.extraVideoMb, 1)
}

/** The pictures, the sound, and the render that the finished video is copied from. */
function workMbOf({ seconds, pictures }: Workload): number {
  const { pictureMb, soundMbPerSecond, videoMbPerSecond } = objects
  return rounded(pictures * pictureMb + seconds * (soundMbPerSecond + videoMbPerSecond), 1)
}

/** Things made for one video, by a service or not: each has its entry in the ledger and its object. */
function callCount(workload: Workload): number {
  const bought = callsOf(workload).reduce((sum, { count }) => sum + count, 0)
  const roles = workload.pictures + 3
  return Math.max(bought, roles)
}
