// What renders, as data: machine types, sizes of a job, prices for the bill.
import { prices } from '../../core/prices.ts'

/**
 * Spot takes the type that is cheapest and least likely to be taken away. A job needs 4 vCPU and the GPU, of which both
 * have one. Every type here has an NVIDIA T4, whose NVENC makes H.264 and HEVC.
 */
export const gpuMachines = ['g4dn.xlarge', 'g4dn.2xlarge']

/** A g4dn.xlarge has 16 GiB, of which the system and ECS's agent keep some: a job that asks for all never starts. */
export const gpuJob = { vcpus: 4, memoryMiB: 14_000, gpus: 1, timeoutMinutes: 35 }

/**
 * Four encoders of 4K take 1.5 GB each (render-container/pool.ts). Without the GPU's encoder a video takes longer, so it
 * has more time; the workflow gives up after two hours, waiting included.
 */
export const processorJob = { vcpus: 4, memoryMiB: 16_384, diskGiB: 40, timeoutMinutes: 110 }

const processorUsdPerHour =
  processorJob.vcpus * prices.fargateVcpu.usd + (processorJob.memoryMiB / 1024) * prices.fargateMemory.usd

/** For the line of compute in a video's bill, as if every machine with a GPU were the smaller one. */
export const billedMachines = {
  spot: { name: 'g4dn.xlarge spot', usdPerHour: prices.gpuSpot.usd },
  onDemand: { name: 'g4dn.xlarge on demand', usdPerHour: prices.gpuOnDemand.usd },
  processor: { name: 'Fargate, 4 vCPU', usdPerHour: Number(processorUsdPerHour.toFixed(4)) },
}
