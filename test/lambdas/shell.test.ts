import type { Context } from 'aws-lambda'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { TransientError } from '../../core/errors.ts'
import { deadlineOf } from '../../lambdas/deadline.ts'
import { count, logger, withObservability } from '../../lambdas/shell.ts'

const context = {
  awsRequestId: 'request-1',
  functionName: 'clipforge-test',
  getRemainingTimeInMillis: () => 5000,
} as Context

afterEach(() => vi.restoreAllMocks())

/** What reached the log meanwhile, a JSON object a line. */
async function logged(work: () => unknown): Promise<Record<string, unknown>[]> {
  const lines: string[] = []
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => lines.push(String(chunk)) > 0)
  await work()
  vi.restoreAllMocks()
  const objects = lines.flatMap((chunk) => chunk.split('\n')).filter((line) => line.startsWith('{'))
  return objects.map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('the shell of a Lambda', () => {
  it('throws with the literal name and one line, and logs that once with what the handler says about itself', async () => {
    const handler = withObservability(async () => {
      logger.appendKeys({ videoId: 'video-1', stage: 'plan' })
      throw new TransientError('one\nline', { cause: { headers: { authorization: 'Bearer abcdefghijk' } } })
    })
    let thrown: unknown
    const lines = await logged(async () => {
      thrown = await handler({ script: 'a secret script' }, context).catch((error: unknown) => error)
    })
    expect(thrown).toMatchObject({ name: 'TransientError', message: 'one line' })
    expect(thrown).not.toHaveProperty('cause')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({
      level: 'ERROR',
      message: 'one line',
      errorName: 'TransientError',
      videoId: 'video-1',
      stage: 'plan',
      function_request_id: 'request-1',
    })
    expect(JSON.stringify(lines)).not.toMatch(/secret script|abcdefghijk/)
  })

  it('forgets with each call what the last one was about', async () => {
    const handler = withObservability(async (event: { videoId?: string }) => {
      if (event.videoId !== undefined) logger.appendKeys(event)
      logger.info('here')
    })
    const lines = await logged(async () => {
      await handler({ videoId: 'video-1' }, context)
      await handler({}, context)
    })
    expect(lines.map(({ videoId }) => videoId)).toEqual(['video-1', undefined])
  })

  it('takes an event that is none of its own for a mistake, in one line', async () => {
    const handler = withObservability(async (event: unknown) => z.object({ videoId: z.string() }).parse(event))
    await logged(() =>
      expect(handler({}, context)).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringMatching(/^videoId: .*string/),
      }),
    )
  })

  it.each([
    [{ name: 'ProvisionedThroughputExceededException', $metadata: { httpStatusCode: 400 } }, 'TransientError'],
    [{ name: 'InternalServerError', $fault: 'server', $metadata: { httpStatusCode: 500 } }, 'TransientError'],
    [{ name: 'Error', code: 'ECONNRESET' }, 'TransientError'],
    [{ name: 'AccessDeniedException', $fault: 'client', $metadata: { httpStatusCode: 400 } }, 'AccessDeniedException'],
  ])('lets the workflow try again what AWS could not do just now: %o', async (thrown, name) => {
    const handler = withObservability(async () => {
      throw Object.assign(new Error('why'), thrown)
    })
    await logged(() => expect(handler({}, context)).rejects.toMatchObject({ name }))
  })

  it('counts in the dimensions that are agreed on and no others', async () => {
    const lines = await logged(() => {
      count('VideosMade', 1)
      count('ServiceCost', 0.04, 'openai')
    })
    expect(lines.map(({ _aws }) => _aws)).toMatchObject([
      {
        CloudWatchMetrics: [
          { Namespace: 'ClipForge', Dimensions: [[]], Metrics: [{ Name: 'VideosMade', Unit: 'Count' }] },
        ],
      },
      {
        CloudWatchMetrics: [
          { Namespace: 'ClipForge', Dimensions: [['provider']], Metrics: [{ Name: 'ServiceCost', Unit: 'None' }] },
        ],
      },
    ])
    expect(lines[1]).toMatchObject({ provider: 'openai', ServiceCost: 0.04 })
  })
})

describe("a Lambda's deadline", () => {
  it('fires before the time is up, with a TransientError', async () => {
    const { signal } = deadlineOf({ getRemainingTimeInMillis: () => 120 }, 'plan', 100)
    await vi.waitFor(() => expect(signal.aborted).toBe(true))
    expect(signal.reason).toMatchObject({ name: 'TransientError', message: 'plan did not get done within 0 s' })
  })

  it('does not fire in a later call', async () => {
    const { signal, clear } = deadlineOf({ getRemainingTimeInMillis: () => 20 }, 'plan', 10)
    clear()
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(signal.aborted).toBe(false)
  })
})
