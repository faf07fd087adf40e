import { awakeHours, bootSeconds } from '../awake.ts'
import { render, sizes, traffic } from '../usage.ts'
import { renderSeconds, type Workload } from '../workload.ts'
import { type BillLine, type Factor, pricedLine, rounded } from './line.ts'

/** GPU machines, their disks and addresses, the processors that stand in, and the container's image. */
export function renderLines(workload: Workload): BillLine[] {
  const { videosPerMonth: videos, seconds, size } = workload
  const awake = awakeHours(workload)
  const run = renderSeconds(seconds)
  const lost = rounded(render.lossPerHour * (run / 3600), 6)
  const onDemand = rounded(awake.boots * render.noSpotShare, 2)
  const onProcessor = rounded(awake.boots * render.noGpuShare, 2)
  const warm = sizes[size].warmVcpus / render.vcpusPerJob
  const elsewhere: Factor[] = awake.warmShare > 0 ? [[rounded(1 - awake.warmShare), 'of them']] : []
  const onDemandSeconds = rounded(run + bootSeconds() + sizes[size].scaleDownMinutes * 60, 1)
  const processing: Factor[] = [
    [onProcessor, 'videos'],
    [renderSeconds(seconds, 'processor'), 's'],
    ['÷', 3600],
  ]
  const machineHours = rounded(
    awake.renderHours * (1 - awake.warmShare) +
      awake.waitingHours +
      awake.bootHours +
      (onDemand * onDemandSeconds) / 3600 +
      warm * traffic.hoursPerMonth,
  )
  const line = (
    what: string,
    ...rest: Parameters<typeof pricedLine> extends [unknown, unknown, ...infer R] ? R : never
  ) => pricedLine('Render', what, ...rest)
  return [
    line('GPU spot, rendering', 'gpuSpot', [[videos, 'videos'], ...elsewhere, [run, 's'], ['÷', 3600]]),
    // Finished segments are kept, so about half of a lost run is made again, and the job starts anew.
    line('GPU spot, done again after a loss', 'gpuSpot', [
      [videos, 'videos'],
      [lost, 'lost'],
      [rounded(run / 2 + render.startSeconds, 1), 's'],
      ['÷', 3600],
    ]),
    line('GPU spot, booting', 'gpuSpot', [
      [awake.boots, 'boots'],
      [bootSeconds(), 's'],
      ['÷', 3600],
    ]),
    line('GPU spot, waiting for a video', 'gpuSpot', [[awake.waitingHours, 'h']]),
    line('GPU on demand, where no spot is', 'gpuOnDemand', [
      [onDemand, 'videos'],
      [onDemandSeconds, 's with boot and wait'],
      ['÷', 3600],
    ]),
    ...(warm > 0
      ? [
          line('GPU spot, always on', 'gpuSpot', [
            [warm, 'machines'],
            [traffic.hoursPerMonth, 'h'],
          ]),
        ]
      : []),
    line('disks of these machines', 'ebs', [
      [machineHours, 'machine-hours'],
      [render.diskGb, 'GB'],
      ['÷', traffic.hoursPerMonth, 'h'],
    ]),
    line('public addresses of these machines', 'publicAddress', [[machineHours, 'machine-hours']]),
    line('processors (Fargate) instead', 'fargateVcpu', [...processing, [render.vcpusPerJob, 'vCPU']]),
    line('their memory', 'fargateMemory', [...processing, [render.processorMemoryGb, 'GB']]),
    line("the container's image", 'imageStorage', [[render.imageGb, 'GB']]),
  ]
}
