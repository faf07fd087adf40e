import type { Progress, StagePorts } from '../../core/stage.ts'
import type { AwsStores } from '../../stores/aws.ts'
import { openWorkspace } from '../../stores/workspace.ts'
import { compose } from '../compose.ts'
import { RENDERER_VERSION } from '../version.ts'
import { machineOf } from './machine.ts'

export type JobSettings = { env: NodeJS.ProcessEnv; signal: AbortSignal; fontsDir: string }

/** What the compose stage needs, in the container. */
export function composePorts(
  { objects, videos }: Pick<AwsStores, 'objects' | 'videos'>,
  run: JobSettings & { scratchDir: string; report: (progress: Progress) => void },
): StagePorts {
  const { env, signal, report, fontsDir } = run
  return {
    objects,
    videos,
    compose: { version: RENDERER_VERSION, run: compose },
    fontsDir,
    openWorkspace: () => openWorkspace(run.scratchDir, objects),
    now: () => new Date(),
    machine: machineOf(env),
    renderNote: env['CLIPFORGE_RENDER_NOTE'] || undefined,
    report,
    signal,
    providers: notHere,
    inspect: notHere,
    preview: notHere,
  }
}

function notHere(): never {
  throw new Error('the render container only composes')
}
