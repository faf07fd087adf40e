// The figures as a person reads them: tables in Markdown, as docs/performance.md has them.
import type { Soaked } from './child/soak.ts'
import type { Machine } from './machine.ts'
import type { Changes } from './measures/changes.ts'
import type { Grown } from './measures/growth.ts'
import type { PartTime } from './measures/parts.ts'
import type { PeerTime } from './measures/peers.ts'
import type { Quality } from './measures/quality.ts'
import { median, type Rounds } from './measures/rounds.ts'
import type { memoryOfWhole, Whole } from './measures/whole.ts'

export type Results = {
  machine: Machine
  seconds: number
  scenes: number
  memory?: Awaited<ReturnType<typeof memoryOfWhole>>
  rounds?: Rounds
  /** Segments of the floor that are byte for byte those of the composition. */
  identical?: { same: number; of: number }
  parts?: PartTime[]
  quality?: Quality[]
  changes?: Changes
  peers?: PeerTime[]
  growth?: Grown[]
  soak?: Soaked
}

export function report(results: Results): string {
  const { machine, seconds, scenes } = results
  const { rounds, memory, parts, quality, changes, peers, growth, soak } = results
  const sections = [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb.toFixed(0)} GB, ${machine.os}, Node ${machine.node}, FFmpeg ${machine.ffmpeg}
${seconds} s of 1080x1920 at 30 fps, ${scenes} scenes`,
    rounds && (rounds.floors.length > 0 || rounds.wholes.length > 0) && ratios(rounds, results),
    rounds && rounds.tried.length > 0 && encoders(rounds),
    parts && byPart(parts, wallAndCpu(rounds?.wholes ?? []).cpuMs),
    memory?.peak &&
      table(
        'memory at its highest',
        ['MB'],
        [
          ['all processes together (PSS)', mb(memory.peak.pssMb)],
          ['the largest process (RSS)', mb(memory.peak.largestRssMb)],
        ],
      ),
    quality && qualityTable(quality),
    changes && changesTable(changes),
    peers && peersTable(peers, wallAndCpu(rounds?.wholes ?? []).wallMs),
    growth && growthTable(growth),
    soak && soakTables(soak),
  ]
  return sections.filter(Boolean).join('\n\n')
}

function ratios({ floors, wholes, drafts }: Rounds, { identical }: Results): string {
  const floor = median(floors.map(({ wallMs }) => wallMs))
  const read = median(floors.map(({ withReadingMs }) => withReadingMs))
  const floorCpu = median(floors.flatMap(({ cpuMs }) => cpuMs ?? []))
  const [whole, draft] = [wallAndCpu(wholes), wallAndCpu(drafts)]
  const lines = [
    ['encoding alone (the floor)', s(floor), s(floorCpu), times(floor, floor)],
    ['encoding alone, with reading the raw frames', s(read), '', times(read, floor)],
    ['the whole composition', s(whole.wallMs), s(whole.cpuMs), times(whole.wallMs, floor)],
    ['the whole composition as a draft', s(draft.wallMs), s(draft.cpuMs), times(draft.wallMs, floor)],
    ['draft to standard', '', '', times(draft.wallMs, whole.wallMs)],
  ]
  const known = lines.filter(([, wall, , ratio]) => wall !== '' || ratio !== '')
  const [first] = wholes
  const notes = [
    `medians of ${Math.max(floors.length, wholes.length)} round(s)`,
    first && `encoder ${first.encoder} (${first.encoderReason})`,
    identical &&
      `${identical.same} of ${identical.of} segments of the floor are byte for byte those of the composition`,
  ]
  return `${table('', ['wall s', 'CPU s', 'to the floor'], known)}\n\n${notes.filter(Boolean).join('; ')}`
}

function encoders({ tried }: Rounds): string {
  const lines = tried.map((floor) => [`${floor.encoders}`, s(floor.wallMs), s(floor.encodeCpuMs)])
  return table('encoders side by side', ['wall s', 'CPU s'], lines)
}

function byPart(parts: PartTime[], wholeCpuMs: number | undefined): string {
  const sum = parts.reduce((total, { cpuMs }) => total + cpuMs, 0)
  const all = wholeCpuMs ?? sum
  const lines = parts.map(({ part, cpuMs }) => [part, s(cpuMs), percent(cpuMs / all)])
  if (wholeCpuMs !== undefined) {
    lines.push(['all the rest (processes, messages, files)', s(wholeCpuMs - sum), percent((wholeCpuMs - sum) / all)])
    lines.push(['the whole composition', s(wholeCpuMs), ''])
  }
  return table('part', ['CPU s', 'share'], lines)
}

function qualityTable(quality: Quality[]): string {
  const lines = quality.map((each) => [
    each.quality,
    each.ssim.toFixed(4),
    each.lowestSsim.toFixed(4),
    each.megabytes.toFixed(1),
    s(each.floorMs),
  ])
  return table('quality', ['SSIM', 'of the worst frame', 'MB', 'encoding alone, wall s'], lines)
}

function changesTable({ whole, oneScene, nothing, stopped, resumed }: Changes): string {
  const line = (name: string, each: Whole) => [
    name,
    s(each.wallMs),
    times(each.wallMs, whole.wallMs),
    each.segmentsTotal > 0 ? `${each.segmentsRendered} of ${each.segmentsTotal}` : '',
  ]
  return table(
    '',
    ['wall s', 'to the whole', 'segments rendered'],
    [
      line('all of it', whole),
      line('one scene has another picture', oneScene),
      line('nothing has changed', nothing),
      line('stopped at half of the frames', stopped),
      line('and resumed', resumed),
    ],
  )
}

function peersTable(peers: PeerTime[], oursMs: number | undefined): string {
  const lines = peers.flatMap((peer) => {
    if (!('wholeMs' in peer)) return []
    const { name, version, seconds, measuredMs, wholeMs } = peer
    return [[`${name} ${version}`, `${s(measuredMs)} (${seconds} s of film)`, s(wholeMs), times(wholeMs, oursMs)]]
  })
  const others = peers.flatMap((peer) => {
    if ('howTo' in peer) return [`${peer.name} is not installed. To have it measured: ${peer.howTo}`]
    return 'failed' in peer ? [`${peer.name} failed: ${peer.failed}`] : []
  })
  const made = table('the same film by', ['measured wall s', 'reckoned for the whole film', 'to ours'], lines)
  return [...(lines.length > 0 ? [made] : []), ...others].join('\n\n')
}

function growthTable(growth: Grown[]): string {
  const lines = growth.map(({ seconds, scenes, wallMs, pssMb, largestRssMb }) => [
    `${seconds} s, ${scenes} scenes`,
    s(wallMs),
    s((wallMs * 60) / seconds),
    mb(pssMb),
    mb(largestRssMb),
  ])
  return table('film', ['wall s', 'wall s per minute of film', 'all processes MB', 'largest process MB'], lines)
}

function soakTables({ outcomes, levels, slowestMs, wrong }: Soaked): string {
  const came = outcomes.map(({ file, outcome, times: count, said }) => [
    file,
    outcome,
    `${count}`,
    said.replaceAll('|', '/'),
  ])
  const rose = levels.map(({ segments, pssMb, largestRssMb, openFiles, processes }) => [
    `${segments}`,
    mb(pssMb),
    mb(largestRssMb),
    `${openFiles}`,
    `${processes}`,
  ])
  const verdict = wrong.length === 0 ? 'nothing went wrong' : `WRONG: ${wrong.join('; ')}`
  return [
    table('file', ['came to', 'times', 'said'], came),
    table('after segments', ['all processes MB', 'largest process MB', 'open files', 'processes'], rose),
    `slowest segment ${s(slowestMs)} s; ${verdict}`,
  ].join('\n\n')
}

function wallAndCpu(wholes: Whole[]): { wallMs: number | undefined; cpuMs: number | undefined } {
  return {
    wallMs: median(wholes.map(({ wallMs }) => wallMs)),
    cpuMs: median(wholes.flatMap(({ cpuMs }) => cpuMs ?? [])),
  }
}

function table(first: string, columns: string[], lines: string[][]): string {
  const all = [[first, ...columns], ...lines]
  const widths = all[0]!.map((_, column) => Math.max(3, ...all.map((line) => line[column]!.length)))
  const row = (line: string[]) =>
    `| ${line.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join(' | ')} |`
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [row(all[0]!), rule, ...lines.map(row)].join('\n')
}

const s = (ms: number | undefined) => (ms === undefined ? '' : (ms / 1000).toFixed(1))
const mb = (megabytes: number | undefined) => (megabytes === undefined ? '' : megabytes.toFixed(0))
const percent = (share: number) => `${(share * 100).toFixed(1)} %`
const times = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? '' : (a / b).toFixed(2)
