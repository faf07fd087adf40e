import { AssembleInput, assemble } from '../core/stages/assemble.ts'
import { stageHandler } from './stage.ts'

export const handler = stageHandler('assemble', (input, ports) => assemble(AssembleInput.parse(input), ports))
