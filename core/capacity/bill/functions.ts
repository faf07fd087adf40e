import { type FunctionName, functionMemoryMiB, housekeeping, stageSeconds, transitions, watch } from '../usage.ts'
import { callsOf, stageRunSeconds, type Workload } from '../workload.ts'
import { type BillLine, freeLine, pricedLine, rounded } from './line.ts'

const group = 'Functions and workflow'

/** A function waits while the service's own function asks for it, so both are paid for that time. */
export function functionLines(workload: Workload): BillLine[] {
  const runs = runsOf(workload)
  const invocations = runs.reduce((sum, { count }) => sum + count, 0)
  return [
    ...runs.map(({ name, count, seconds, about }) =>
      pricedLine(group, `function ${name}${about}`, 'lambdaTime', [
        [count, 'runs'],
        [seconds, 's'],
        [functionMemoryMiB[name], 'MiB'],
        ['÷', 1024],
      ]),
    ),
    pricedLine(group, 'invocations of all functions', 'lambdaRequests', [[rounded(invocations, 0), 'requests']]),
    ...transitionLines(workload),
    pricedLine(group, 'queues', 'queueRequests', [[watch.queueRequestsPerMonth, 'polls']]),
  ]
}

function transitionLines({ videosPerMonth, pictures }: Workload): BillLine[] {
  const each = transitions.fixed + transitions.each * pictures + transitions.startAndEnd + transitions.retriesPerVideo
  return [
    pricedLine(group, 'workflow', 'transitions', [
      [videosPerMonth, 'videos'],
      [each, 'transitions'],
    ]),
    freeLine(group, 'workflow, free each month', 'transitions', videosPerMonth * each),
  ]
}

type Run = { name: FunctionName; count: number; seconds: number; about: string }

function runsOf(workload: Workload): Run[] {
  const { videosPerMonth: videos, pictures } = workload
  const stages = (Object.keys(stageSeconds) as (keyof typeof stageSeconds)[]).map((name) => {
    const count = videos * (name === 'illustrate' ? pictures : 1)
    return { name, count, seconds: stageRunSeconds(name, workload), about: '' }
  })
  const services = callsOf(workload).map(({ role, service, count, seconds }) => ({
    name: service,
    count: videos * count,
    seconds,
    about: ` (${role})`,
  }))
  const perVideo = Object.entries(housekeeping.perVideo).map(([name, [count, seconds]]) => ({
    name: name as FunctionName,
    count: videos * count,
    seconds,
    about: '',
  }))
  const perMonth = Object.entries(housekeeping.perMonth).map(([name, [count, seconds]]) => ({
    name: name as FunctionName,
    count,
    seconds,
    about: '',
  }))
  const failed = { name: 'fail' as const, count: rounded(videos * housekeeping.failedShare), seconds: 1, about: '' }
  return [...stages, ...services, ...perVideo, failed, ...perMonth]
}
