// Where a video is rendered when a machine does not come or does not last: the document, run by the interpreter with
// jobs that end as AWS Batch tells it.
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { sqliteJournal } from '../../local/workflow/journal.ts'
import { runWorkflow } from '../../local/workflow/run.ts'
import type { TaskHandler } from '../../local/workflow/task.ts'
import { videoWorkflow } from '../../local/video-workflow.ts'
import { virtualClock } from '../local/workflow/harness.ts'

type Job = { JobQueue: string; ContainerOverrides: { Environment?: { Name: string; Value: string }[] } }
type Ending = 'done' | { error: string; cause: string }

const reclaimed = failedJob({ StatusReason: 'Host EC2 (instance i-0abc) terminated.' })
const noCapacity = failedJob({ StatusReason: 'MISCONFIGURATION or no capacity within 10 minutes' })
const impossible = failedJob({ StatusReason: 'Essential container in task exited', Container: { ExitCode: 64 } })
const late = { error: 'States.Timeout', cause: 'the task ran longer than 7200 s' }

/** As `batch:submitJob.sync` describes a job that failed. */
function failedJob(more: object): Ending {
  return { error: 'States.TaskFailed', cause: JSON.stringify({ JobId: 'f00', Status: 'FAILED', ...more }) }
}

/** Runs the document; the jobs end one after the other as told. */
async function rendered(...endings: Ending[]) {
  const jobs: Job[] = []
  const failures: unknown[] = []
  const job: TaskHandler = async (args) => {
    const ending = endings[jobs.push(args as Job) - 1]!
    if (ending === 'done') return {}
    throw Object.assign(new Error(ending.cause), { name: ending.error })
  }
  const gives = (value: unknown) => async () => value
  const tasks: Record<string, TaskHandler> = {
    write: gives({ scriptKey: 'script' }),
    narrate: gives({ narrationKey: 'narration' }),
    plan: gives({ planKey: 'plan', scenes: [0, 1] }),
    illustrate: gives({ pictureKey: 'picture' }),
    score: gives({ musicKey: null, mood: null }),
    warm: gives({}),
    assemble: gives({ timelineKey: 'timeline' }),
    publish: gives({ videoKey: 'video' }),
    fail: async (payload) => {
      failures.push(payload)
      return { name: 'States.TaskFailed', message: 'told by fail' }
    },
    'arn:aws:states:::batch:submitJob.sync': job,
  }
  const journal = sqliteJournal(new DatabaseSync(':memory:'))
  const options = { executionId: 'v.1', tasks, journal, clock: virtualClock() }
  const output = await runWorkflow(videoWorkflow(places), { videoId: 'v' }, options).catch((error: unknown) => error)
  return { output, failures, queues: jobs.map(({ JobQueue }) => JobQueue), notes: jobs.map(noteOf) }
}

const places = { SpotQueueArn: 'spot', OnDemandQueueArn: 'on-demand', ProcessorQueueArn: 'processor' }

function noteOf({ ContainerOverrides: { Environment = [] } }: Job) {
  return Environment.find(({ Name }) => Name === 'CLIPFORGE_RENDER_NOTE')?.Value
}

describe('a render', () => {
  test('is made on a spot machine, and says nothing about it', async () => {
    const { output, queues, notes } = await rendered('done')
    expect(output).toEqual({ videoKey: 'video' })
    expect({ queues, notes }).toEqual({ queues: ['spot'], notes: [undefined] })
  })

  test('goes to an on-demand machine when no spot machine comes, and says why', async () => {
    const { output, queues, notes } = await rendered(noCapacity, 'done')
    expect(output).toEqual({ videoKey: 'video' })
    expect(queues).toEqual(['spot', 'on-demand'])
    expect(notes[1]).toBe(
      'made on an on-demand machine, because of the spot machine: MISCONFIGURATION or no capacity within 10 minutes',
    )
  })

  test('goes to a processor when there is no GPU at all, and says why', async () => {
    const { output, queues, notes } = await rendered(reclaimed, noCapacity, 'done')
    expect(output).toEqual({ videoKey: 'video' })
    expect(queues).toEqual(['spot', 'on-demand', 'processor'])
    expect(notes[2]).toMatch(/^made without a GPU, because of the on-demand machine: MISCONFIGURATION/)
  })

  test('that waited too long goes on elsewhere', async () => {
    const { queues, notes } = await rendered(late, 'done')
    expect(queues).toEqual(['spot', 'on-demand'])
    expect(notes[1]).toMatch(/spot machine: it took too long$/)
  })

  test('of a video that cannot be made is tried nowhere else', async () => {
    const { queues, failures } = await rendered(impossible)
    expect(queues).toEqual(['spot'])
    // Names that begin with 'States.' are the States Language's own.
    expect(failures).toMatchObject([{ videoId: 'v', error: { Error: 'ComposeFailed' } }])
  })

  test('that failed everywhere fails the video, with the last job as its cause', async () => {
    const { queues, failures } = await rendered(reclaimed, reclaimed, noCapacity)
    expect(queues).toEqual(['spot', 'on-demand', 'processor'])
    expect(JSON.stringify(failures)).toContain('MISCONFIGURATION')
  })

  test('on one machine, where nothing is a job, fails as what it is', async () => {
    const { queues, failures } = await rendered({ error: 'InputError', cause: 'scenes.0.picture: is no picture' })
    expect(queues).toEqual(['spot'])
    expect(failures).toMatchObject([{ error: { Error: 'InputError', Cause: 'scenes.0.picture: is no picture' } }])
  })

  test('is tried again where it was when its process died', async () => {
    const { output, queues } = await rendered({ error: 'TransientError', cause: 'the compose process died' }, 'done')
    expect(output).toEqual({ videoKey: 'video' })
    expect(queues).toEqual(['spot', 'spot'])
  })
})
