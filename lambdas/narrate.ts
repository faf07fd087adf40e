import { NarrateInput, narrate } from '../core/stages/narrate.ts'
import { stageHandler } from './stage.ts'

export const handler = stageHandler('narrate', (input, ports) => narrate(NarrateInput.parse(input), ports))
