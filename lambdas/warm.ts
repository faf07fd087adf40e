import { warm, WarmInput } from '../core/stages/warm.ts'
import { stageHandler } from './stage.ts'

export const handler = stageHandler('warm', (input, ports) => warm(WarmInput.parse(input), ports))
