import { join } from 'node:path'
import { ConflictError, InputError } from '../../core/errors.ts'
import type { VideoRecord } from '../../core/ports.ts'
import { scriptOf } from '../../core/stages/write.ts'
import { checkOut, deliver, isComplete, videoIn } from '../deliver.ts'
import { takeLease } from '../lease.ts'
import { openRuntime, type Runtime } from '../runtime.ts'
import { checkSpace } from '../space.ts'
import { exitCodeOf, StoppedError } from './exit.ts'
import { homeDir } from './home-dir.ts'
import { takePictures } from './pictures.ts'
import { openProgress } from './progress.ts'
import { fromHere, type MakeOptions, readSource } from './request.ts'
import { tellResult } from './result.ts'

type OutOptions = Pick<MakeOptions, 'out' | 'force' | 'json'>

/** Everything that can be wrong with what the user gave is found before anything is made. */
export async function make(source: string, options: MakeOptions): Promise<void> {
  const { request, folder, name } = await readSource(source, options)
  const script = scriptOf(request)
  const outDir = outDirOf(options.out, name)
  if (outDir) await checkOut(outDir)
  const runtime = openRuntime({ dir: homeDir() })
  try {
    await checkSpace(request, script, [runtime.home.dir, outDir ?? fromHere('out')])
    const video = await runtime.create(await takePictures(request, folder, runtime.objects))
    await finish(runtime, video, outDir ?? fromHere(join('out', video.id)), options)
  } finally {
    runtime.close()
  }
}

export async function resume(id: string, options: OutOptions): Promise<void> {
  const runtime = openRuntime({ dir: homeDir() })
  try {
    const video = await runtime.videos.get(id)
    if (!video) throw new InputError(`${id}: no such video; clipforge list shows them`)
    const outDir = outDirOf(options.out, undefined) ?? (await lastOut(runtime, id)) ?? fromHere(join('out', id))
    await checkOut(outDir)
    await finish(runtime, video, outDir, options)
  } finally {
    runtime.close()
  }
}

function outDirOf(out: string | undefined, name: string | undefined): string | undefined {
  if (out !== undefined) return fromHere(out)
  return name === undefined ? undefined : fromHere(join('out', fileName(name)))
}

/** Letters, digits and dashes of any language; nothing that a file system or a shell minds. */
function fileName(name: string): string {
  return (
    name
      .normalize('NFC')
      .replaceAll(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
      .replaceAll(/^[-.]+|[-.]+$/g, '')
      .slice(0, 80) || 'video'
  )
}

/** `resume` without --out goes where `make` was told to. */
async function lastOut(runtime: Runtime, id: string): Promise<string | undefined> {
  const outs = (await runtime.videos.events(id)).filter(({ type }) => type === 'out')
  return outs.at(-1)?.folder as string | undefined
}

async function finish(runtime: Runtime, video: VideoRecord, outDir: string, options: OutOptions): Promise<void> {
  const releaseOut = takeOut(runtime, outDir)
  try {
    await refuseOther(outDir, video.id, options)
    await runtime.videos.appendEvent(video.id, { at: new Date().toISOString(), type: 'out', folder: outDir })
    const startedAt = Date.now()
    const fresh = video.status !== 'done'
    const made = fresh ? await run(runtime, video, outDir, options) : video
    if (fresh || !(await isComplete(outDir)) || (await videoIn(outDir)) !== video.id)
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

async function refuseOther(outDir: string, videoId: string, { force }: OutOptions) {
  const found = await videoIn(outDir)
  if (found !== undefined && found !== videoId && !force)
    throw new InputError(
      `out: ${outDir} holds another video (${found}); name another folder with --out, or replace it with --force`,
    )
}

async function run(runtime: Runtime, video: VideoRecord, outDir: string, options: OutOptions): Promise<VideoRecord> {
  const progress = openProgress({ video, outDir, json: options.json ?? false })
  const stop = new AbortController()
  const onSignal = () => stop.abort(new StoppedError(`stopped; clipforge resume ${video.id} goes on where it was`))
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  // Kept on to the end: npm may pass the same Ctrl-C on that the terminal has sent already.
  for (const signal of signals) process.on(signal, onSignal)
  const stopped = new Promise<never>((_, reject) =>
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason as Error)),
  )
  try {
    // Stopping is not the workflow's abort: as after a kill, the journal stays open and `resume` goes on with it.
    return await Promise.race([runtime.run(video.id, progress.tell, new AbortController().signal), stopped])
  } catch (error) {
    if (error instanceof StoppedError || exitCodeOf(error) === 2) throw error
    const { name, message } = error as Error
    throw Object.assign(
      new Error(`${message}; clipforge resume ${video.id} tries again and keeps what was finished`, { cause: error }),
      { name },
    )
  } finally {
    progress.close()
  }
}
