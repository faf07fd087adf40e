import { readFileSync } from 'node:fs'
import { loadWorkflow, type Workflow } from './workflow/load.ts'

/**
 * workflow/video.asl.json with this machine's names for what AWS calls functions, queues and job definitions; `places`
 * are other names for some of them.
 */
export function videoWorkflow(places: Record<string, string> = {}): Workflow {
  const document = JSON.parse(readFileSync(new URL('../workflow/video.asl.json', import.meta.url), 'utf8')) as unknown
  return loadWorkflow(document, {
    WriteFunctionArn: 'write',
    NarrateFunctionArn: 'narrate',
    PlanFunctionArn: 'plan',
    IllustrateFunctionArn: 'illustrate',
    ScoreFunctionArn: 'score',
    WarmFunctionArn: 'warm',
    AssembleFunctionArn: 'assemble',
    PublishFunctionArn: 'publish',
    FailFunctionArn: 'fail',
    SpotQueueArn: 'this-machine',
    OnDemandQueueArn: 'this-machine',
    ProcessorQueueArn: 'this-machine',
    GpuJobDefinitionArn: 'compose',
    ProcessorJobDefinitionArn: 'compose',
    ...places,
  })
}
