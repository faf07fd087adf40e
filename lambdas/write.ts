import { WriteInput, write } from '../core/stages/write.ts'
import { stageHandler } from './stage.ts'

export const handler = stageHandler('write', (input, ports) => write(WriteInput.parse(input), ports))
