import { PlanInput, plan } from '../core/stages/plan.ts'
import { stageHandler } from './stage.ts'

export const handler = stageHandler('plan', (input, ports) => plan(PlanInput.parse(input), ports))
