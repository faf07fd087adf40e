// Every stage by its name: what the workflow's states, the Lambdas and the local workers run.
import type * as z from 'zod'
import type { StagePorts } from './stage.ts'
import { AssembleInput, assemble } from './stages/assemble.ts'
import { ComposeInput, compose } from './stages/compose.ts'
import { FailInput, fail } from './stages/fail.ts'
import { IllustrateInput, illustrate } from './stages/illustrate.ts'
import { NarrateInput, narrate } from './stages/narrate.ts'
import { PlanInput, plan } from './stages/plan.ts'
import { PublishInput, publish } from './stages/publish.ts'
import { ScoreInput, score } from './stages/score.ts'
import { WarmInput, warm } from './stages/warm.ts'
import { WriteInput, write } from './stages/write.ts'

export const stages = {
  write: stage(WriteInput, write),
  narrate: stage(NarrateInput, narrate),
  plan: stage(PlanInput, plan),
  illustrate: stage(IllustrateInput, illustrate),
  score: stage(ScoreInput, score),
  warm: stage(WarmInput, warm),
  assemble: stage(AssembleInput, assemble),
  compose: stage(ComposeInput, compose),
  publish: stage(PublishInput, publish),
  fail: stage(FailInput, fail),
}
export type StageName = keyof typeof stages

function stage<Input, Output>(schema: z.ZodType<Input>, run: (input: Input, ports: StagePorts) => Promise<Output>) {
  return (input: unknown, ports: StagePorts): Promise<Output> => run(schema.parse(input), ports)
}
