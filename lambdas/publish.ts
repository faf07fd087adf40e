import { PublishInput, publish } from '../core/stages/publish.ts'
import { stageHandler } from './stage.ts'

export const handler = stageHandler('publish', (input, ports) => publish(PublishInput.parse(input), ports))
