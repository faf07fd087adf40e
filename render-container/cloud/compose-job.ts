// One Batch job: renders a video's timeline and says what came of it by its exit code and among the video's events.
import { setTimeout as delay } from 'node:timers/promises'
import { lastWords } from '../../core/stages/fail.ts'
import { compose, ComposeInput } from '../../core/stages/compose.ts'
import { openAwsStores } from '../../stores/aws.ts'
import { type ExitCode, exitCodeOf, exitCodes, lastWordsOf } from './exit.ts'
import type { Log } from './log.ts'
import { composePorts, type JobSettings } from './ports.ts'
import { progressEvents } from './progress.ts'
import { scratchDir, sweepScratch } from './scratch.ts'

const PROGRESS_EVERY_MS = 2000
/** From SIGTERM to SIGKILL a container has 10 s at the least (Docker's own setting; ECS sets 30). */
const CLEARING_UP_MS = 4000
const LAST_WORDS_MS = 5000

/**
 * Never throws: every failure is an exit code. When `signal` fires, its reason decides that code, and this returns
 * within seconds, with every child gone and every finished part in the bucket.
 */
export async function composeJob(
  input: { videoId: string; timelineKey: string },
  settings: JobSettings & { log: Log },
): Promise<ExitCode> {
  try {
    return await composeAndTell(ComposeInput.parse(input), settings)
  } catch (error) {
    return failed(error, settings.log)
  }
}

async function composeAndTell(
  input: { videoId: string; timelineKey: string },
  settings: JobSettings & { log: Log },
): Promise<ExitCode> {
  const { env, signal, log } = settings
  const stores = openAwsStores(env)
  const scratch = scratchDir()
  await sweepScratch(scratch, Date.now())
  const progress = progressEvents((event) => stores.videos.appendEvent(input.videoId, event), {
    everyMs: PROGRESS_EVERY_MS,
    onLost: (error) => log('WARN', 'a progress event could not be written', lastWordsOf(error)),
  })
  const ports = composePorts(stores, { ...settings, scratchDir: scratch, report: progress.report })
  log('INFO', 'rendering', { scratch, machine: ports.machine.name, renderNote: ports.renderNote })
  try {
    const { renderedKey } = await untilAborted(() => compose(input, ports), signal)
    await soon(progress.end(), LAST_WORDS_MS)
    log('INFO', 'rendered', { renderedKey })
    return exitCodes.done
  } catch (error) {
    const code = failed(error, log)
    if (code === exitCodes.reclaimed) return code
    await soon(progress.end(), LAST_WORDS_MS)
    const event = { at: new Date().toISOString(), type: lastWords, ...lastWordsOf(error) }
    const telling = stores.videos.appendEvent(input.videoId, event).catch((cause: unknown) => {
      log('WARN', 'the failure could not be written into the events', lastWordsOf(cause))
    })
    await soon(telling, LAST_WORDS_MS)
    return code
  }
}

/** The work, or the signal's reason: at once when the work has cleared up, and when it takes too long without it. */
async function untilAborted<Result>(begin: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted()
  const work = begin()
  const aborted = Promise.withResolvers<never>()
  const onAbort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', onAbort)
  try {
    return await Promise.race([work, aborted.promise])
  } catch (error) {
    if (signal.aborted) await soon(work, CLEARING_UP_MS)
    throw signal.aborted ? signal.reason : error
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** Waits for it, whatever comes of it, but not longer than that. */
async function soon(work: Promise<unknown>, ms: number): Promise<void> {
  const over = new AbortController()
  const late = delay(ms, undefined, { signal: over.signal })
  await Promise.race([Promise.allSettled([work]), late])
  over.abort()
}

function failed(error: unknown, log: Log): ExitCode {
  const exitCode = exitCodeOf(error)
  if (exitCode === exitCodes.reclaimed) log('WARN', 'this machine is taken away; another one goes on', { exitCode })
  else log('ERROR', 'the render failed', { error: lastWordsOf(error), exitCode })
  return exitCode
}
