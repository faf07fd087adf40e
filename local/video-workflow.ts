import { readFileSync } from 'node:fs'
import { loadWorkflow, type Workflow } from './workflow/load.ts'

/** workflow/video.asl.json with this machine's names for what AWS calls functions, queues and job definitions. */
export function videoWorkflow(): Workflow {
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
    RenderQueueArn: 'this-machine',
    RenderJobDefinitionArn: 'compose',
  })
}
