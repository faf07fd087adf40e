// The workload as the simulation takes it: the steps of workflow/video.asl.json with their times, the services' limits,
// and the machines that the size may start.
import { type Choices, type Role, type ServiceId, serviceOf, services } from '../models.ts'
import type { Arrivals, Scenario, Step } from './simulate.ts'
import { embeddedSeconds, render, type Size, sizes, stageSeconds, traffic } from './usage.ts'
import type { ServiceLimits } from './service-queue.ts'
import { callsOf, renderSeconds, type Workload } from './workload.ts'

/** What can be changed to wait less. */
export type Capacity = { size: Size; limits: Record<ServiceId, ServiceLimits> }

export function capacityOf({ size }: Pick<Workload, 'size'>): Capacity {
  const ids = Object.keys(services) as ServiceId[]
  const limits = Object.fromEntries(ids.map((id) => [id, services[id].limits])) as Capacity['limits']
  return { size: sizes[size], limits }
}

export function scenarioOf(workload: Workload, { size, limits }: Capacity): Scenario {
  const { choices, pictures, seconds } = workload
  const by = (role: Role): Step[] => stepsOf(role, choices, workload)
  const own = (stage: keyof typeof stageSeconds): Step => ({ seconds: stageSeconds[stage] })
  const cancelSeconds = render.cancelMinutes * 60
  const [least, most] = render.bootMinutes
  const gpu = {
    bootSeconds: [least * 60 + render.pullSeconds, most * 60 + render.pullSeconds],
    scaleDownSeconds: size.scaleDownMinutes * 60,
    patienceSeconds: cancelSeconds,
  } as const
  const machines = (vcpus: number) => Math.floor(vcpus / render.vcpusPerJob)
  const warm = machines(size.warmVcpus)
  return {
    before: [own('write')],
    gather: [
      { steps: [own('narrate'), ...by('narrate'), ...by('align')] },
      {
        steps: [own('plan'), ...by('plan')],
        each: { count: pictures, steps: [own('illustrate'), ...by('illustrate')] },
      },
      { steps: [own('score'), ...by('score')] },
    ],
    between: [own('assemble')],
    renderSeconds: [renderSeconds(seconds), renderSeconds(seconds), renderSeconds(seconds, 'processor')],
    renderStartSeconds: render.startSeconds,
    after: [own('publish')],
    warmAfter: stageSeconds.write + stageSeconds.warm,
    services: limits,
    pools: [
      {
        ...gpu,
        most: Math.max(warm, machines(size.spotVcpus)),
        warm,
        lossPerHour: render.lossPerHour,
        noMachineShare: render.noSpotShare,
      },
      {
        ...gpu,
        most: machines(size.onDemandVcpus),
        warm: 0,
        lossPerHour: 0,
        noMachineShare: render.noGpuShare / render.noSpotShare,
      },
      {
        ...gpu,
        most: machines(size.processorVcpus),
        warm: 0,
        bootSeconds: [40, 90],
        scaleDownSeconds: 0,
        lossPerHour: 0,
        noMachineShare: 0,
        patienceSeconds: Infinity,
      },
    ],
    shape: { services: 6, render: 20 },
  }
}

/** Two usual hours, in which machines are started or ended as usual, then the busiest one. */
export function arrivalsOf({ videosPerMonth, peakPerHour }: Workload): Arrivals {
  const usual = Math.min(peakPerHour, videosPerMonth / traffic.activeHours)
  return [
    { hours: 2, perHour: usual, isMeasured: false },
    { hours: 1, perHour: peakPerHour, isMeasured: true },
  ]
}

function stepsOf(role: Role, choices: Choices, workload: Workload): Step[] {
  const call = callsOf(workload).find((it) => it.role === role)
  if (call) return [{ service: call.service, seconds: call.seconds }]
  const isOwnWork = role !== 'align' && serviceOf(choices[role]) === undefined
  return isOwnWork ? [{ seconds: embeddedSeconds[role] }] : []
}
