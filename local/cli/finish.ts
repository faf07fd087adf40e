// The second half of `make` and `resume`: from a video that is known to the folder that it belongs in.
import { ConflictError, InputError } from '../../core/errors.ts'
import type { VideoRecord } from '../../core/ports.ts'
import { deliver, isComplete, videoIn } from '../deliver.ts'
import { takeLease } from '../lease.ts'
import type { Runtime } from '../runtime.ts'
import { fullDiskLine, isDiskFull } from '../space.ts'
import { exitCodeOf, StoppedError, stopSignals } from './exit.ts'
import { openProgress } from './progress.ts'
import type { MakeOptions } from './request.ts'
import { tellResult } from './result.ts'

export type OutOptions = Pick<MakeOptions, 'out' | 'force' | 'json'>
/** `isOurs`: whether the video that lies in the folder already is the one to be made. */
export type Job = { video: () => Promise<VideoRecord>; isOurs: (foundId: string) => Promise<boolean> }

/**
 * Makes what is not made yet and puts it into `outDir`. Nothing is created before it is sure that the folder may be
 * used; nobody else uses it until the end.
 */
export async function finish(runtime: Runtime, job: Job, outDir: string, options: OutOptions): Promise<void> {
  const releaseOut = takeOut(runtime, outDir)
  try {
    await refuseOther(outDir, job, options)
    const video = await job.video()
    const stopped = stopBySignal(video.id)
    await runtime.videos.appendEvent(video.id, { at: new Date().toISOString(), type: 'out', folder: outDir })
    const startedAt = Date.now()
    const fresh = video.status !== 'done'
    const made = fresh ? await run(runtime, video, outDir, options, stopped) : video
    if (fresh || !(await isComplete(runtime.objects, video.id, outDir)) || (await videoIn(outDir)) !== video.id)
      await deliver(runtime.objects, video.id, outDir)
    await tellResult(runtime, made, outDir, {
      fresh,
      seconds: (Date.now() - startedAt) / 1000,
      json: options.json ?? false,
    })
  } finally {
    releaseOut()
  }
}

function takeOut(runtime: Runtime, outDir: string): () => void {
  try {
    return takeLease(runtime.db, `folder ${outDir}`)
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    throw new ConflictError(
      `out: another clipforge is making a video into ${outDir}; wait for it, or name another folder with --out`,
      {
        cause: error,
      },
    )
  }
}

async function refuseOther(outDir: string, { isOurs }: Job, { force }: OutOptions) {
  const found = await videoIn(outDir)
  if (found !== undefined && !force && !(await isOurs(found)))
    throw new InputError(
      `out: ${outDir} holds another video (${found}); name another folder with --out, or replace it with --force`,
    )
}

/** Rejects when the person or the system wants an end. Listens on to the last: npm may pass one Ctrl-C on twice. */
function stopBySignal(videoId: string): Promise<never> {
  const stopped = new Promise<never>((_, reject) => {
    for (const signal of stopSignals)
      process.on(signal, () =>
        reject(new StoppedError(`stopped; clipforge resume ${videoId} goes on where it was`, signal)),
      )
  })
  // While files are delivered nobody waits for it: that takes no longer than a person's second look.
  stopped.catch(() => {})
  return stopped
}

async function run(
  runtime: Runtime,
  video: VideoRecord,
  outDir: string,
  options: OutOptions,
  stopped: Promise<never>,
): Promise<VideoRecord> {
  const progress = openProgress({ video, outDir, json: options.json ?? false })
  try {
    // Stopping is not the workflow's abort: as after a kill, the journal stays open and `resume` goes on with it.
    return await Promise.race([runtime.run(video.id, progress.tell, new AbortController().signal), stopped])
  } catch (error) {
    if (error instanceof StoppedError || exitCodeOf(error) === 2) throw error
    const { name, message } = error as Error
    const line = isDiskFull(error) ? fullDiskLine(message) : message
    // A full disk is said already, so it goes no further as a cause.
    throw Object.assign(new Error(`${line}; clipforge resume ${video.id} tries again and keeps what was finished`), {
      name,
      stack: (error as Error).stack,
    })
  } finally {
    progress.close()
  }
}
