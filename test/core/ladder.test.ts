import { describe, expect, it } from 'vitest'
import { BudgetError, ServiceError, type ServiceErrorName } from '../../core/errors.ts'
import { firstToMake, wasReplaced } from '../../core/ladder.ts'

const failing = (name: ServiceErrorName) => () => Promise.reject(new ServiceError(name, name, { charges: [] }))
const making = () => Promise.resolve('made')
const climb = (...rungs: (() => Promise<string>)[]) => firstToMake(rungs, (rung) => rung())

describe('firstToMake', () => {
  it.each(['RefusedError', 'BrokenAnswerError', 'TransientError'] as const)('goes on after a %s', async (name) => {
    await expect(climb(failing(name), failing(name), making)).resolves.toBe('made')
  })

  it.each([
    ['a key or quota', failing('AccountError'), 'AccountError'],
    ['the cap', () => Promise.reject(new BudgetError('too dear')), 'BudgetError'],
    ['our own mistake', () => Promise.reject(new TypeError('x is undefined')), 'TypeError'],
  ])('stops at once at %s', async (_, rung, name) => {
    await expect(climb(rung, making)).rejects.toMatchObject({ name })
  })

  it('throws what may go well later, if there is anything of that kind, so that it is tried again', async () => {
    await expect(climb(failing('TransientError'), failing('RefusedError'))).rejects.toMatchObject({
      name: 'TransientError',
    })
    await expect(climb(failing('BrokenAnswerError'), failing('RefusedError'))).rejects.toMatchObject({
      name: 'RefusedError',
    })
  })
})

describe('wasReplaced', () => {
  const call = (key: string, outcome?: 'made' | 'failed' | 'lost' | 'refused') => ({
    key,
    outcome,
    stage: 'illustrate',
    provider: 'p',
    startedAt: '',
  })

  it('is so when somebody else has made it since the last failure', () => {
    expect(wasReplaced([call('a#1', 'failed'), call('a#2', 'lost'), call('b#1', 'made')], 'a')).toBe(true)
  })

  it.each([
    ['nobody has made it', [call('a#1', 'failed')]],
    ['it was made in the end', [call('a#1', 'failed'), call('a#2', 'made')]],
    ['its refusal is kept anyway', [call('a#1', 'refused'), call('b#1', 'made')]],
    ['it was never asked', [call('b#1', 'made')]],
  ])('is not so when %s', (_, calls) => {
    expect(wasReplaced(calls, 'a')).toBe(false)
  })
})
