import { IllustrateInput, illustrate } from '../core/stages/illustrate.ts'
import { stageHandler } from './stage.ts'

export const handler = stageHandler('illustrate', (input, ports) => illustrate(IllustrateInput.parse(input), ports))
