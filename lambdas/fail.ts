import { FailInput, fail } from '../core/stages/fail.ts'
import { stageHandler } from './stage.ts'

export const handler = stageHandler('fail', (input, ports) => fail(FailInput.parse(input), ports))
