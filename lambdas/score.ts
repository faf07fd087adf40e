import { ScoreInput, score } from '../core/stages/score.ts'
import { stageHandler } from './stage.ts'

export const handler = stageHandler('score', (input, ports) => score(ScoreInput.parse(input), ports))
