import { join } from 'node:path'
import { InputError } from '../../core/errors.ts'
import type { Choices } from '../../core/models.ts'
import type { VideoRecord } from '../../core/ports.ts'
import { type Script, scriptOf } from '../../core/stages/write.ts'
import type { VideoRequest } from '../../core/video.ts'
import { chosenFor } from '../choices.ts'
import { checkOut } from '../deliver.ts'
import { openRuntime, type Runtime } from '../runtime.ts'
import { checkSpace } from '../space.ts'
import { findVideo } from './find-video.ts'
import { finish, type Job, type OutOptions } from './finish.ts'
import { homeDir } from './home-dir.ts'
import { fromHere } from './from-here.ts'
import { type MakeOptions, readSource } from './request.ts'
import { takeUploads } from './uploads.ts'

/** Everything that can be wrong with what the user gave is found before anything is made. */
export async function make(source: string, options: MakeOptions): Promise<void> {
  const { request, folder, name } = await readSource(source, options)
  const { choices, notices } = chosenFor(request)
  const script = checkedScript(request, choices)
  const outDir = outDirOf(options.out, name)
  if (outDir) await checkOut(outDir)
  const runtime = openRuntime({ dir: homeDir() })
  try {
    await checkSpace(request, script, [runtime.home.dir, outDir ?? fromHere('out')])
    const wanted = { ...(await takeUploads(request, folder, runtime.objects)), choices }
    if (outDir) {
      const job = {
        video: () => runtime.create(wanted, { notices, again: options.again }),
        isOurs: (id: string) => runtime.isOf(id, wanted),
      }
      await finish(runtime, job, outDir, options)
    } else {
      const video = await runtime.create(wanted, { notices, again: options.again })
      await finish(runtime, jobOf(video), fromHere(join('out', video.id)), options)
    }
  } finally {
    await runtime.close()
  }
}

export async function resume(id: string, options: OutOptions): Promise<void> {
  const runtime = openRuntime({ dir: homeDir() })
  try {
    const video = await findVideo(runtime.videos, id)
    const outDir =
      outDirOf(options.out, undefined) ?? (await lastOut(runtime, video.id)) ?? fromHere(join('out', video.id))
    await checkOut(outDir)
    const { request, status } = video
    if (status !== 'done')
      await checkSpace(request, checkedScript(request, request.choices), [runtime.home.dir, outDir])
    await finish(runtime, jobOf(video), outDir, options)
  } finally {
    await runtime.close()
  }
}

/** Undefined of a topic whose script a service is going to write. Throws InputError. */
function checkedScript(request: VideoRequest, choices: Choices | undefined): Script | undefined {
  const isToBeWritten = request.topic !== undefined && choices !== undefined && choices.write !== 'embedded'
  return isToBeWritten ? undefined : scriptOf(request)
}

function jobOf(video: VideoRecord): Job {
  return { video: async () => video, isOurs: async (id) => id === video.id }
}

function outDirOf(out: string | undefined, name: string | undefined): string | undefined {
  if (out === '') throw new InputError('out: no folder is named')
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
