// The render container's entry point: what Batch starts, with the job's command behind it.
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { composeJob } from './cloud/compose-job.ts'
import { type ExitCode, exitCodes, lastWordsOf, ReclaimedError } from './cloud/exit.ts'
import { logAbout } from './cloud/log.ts'

const help = `Renders one video. The job's command is one of:
  compose <videoId> <timelineKey>   render the timeline; finished parts are kept, so another try goes on from them
  warm                              do nothing: the machine has booted and has the image
  probe [--json]                    say which encoder this machine uses, and why; found out by encoding some frames

Exit codes: ${exitCodes.done} done, ${exitCodes.impossible} this video cannot be made, ${exitCodes.again} worth another try, ${exitCodes.reclaimed} stopped by SIGTERM.
Environment: CLIPFORGE_TABLE, CLIPFORGE_WORK_BUCKET, CLIPFORGE_UPLOADS_BUCKET; CLIPFORGE_MACHINE and
CLIPFORGE_MACHINE_USD_PER_HOUR for the bill; CLIPFORGE_RENDER_NOTE, a line for the user.
`

type Command = { arguments: string[]; run: (values: string[], options: Options) => Promise<ExitCode> }
type Options = { json: boolean }

const commands: Record<string, Command> = {
  compose: {
    arguments: ['videoId', 'timelineKey'],
    run: ([videoId, timelineKey]) => runCompose(videoId!, timelineKey!),
  },
  warm: {
    arguments: [],
    run: async () => {
      logAbout(aboutTheJob())('INFO', 'warm')
      return exitCodes.done
    },
  },
  probe: { arguments: [], run: (_values, { json }) => runProbe(json) },
}

const fontsDir = fileURLToPath(new URL('../assets/fonts', import.meta.url))

/** A stopped job has this long to clear up; then it ends all the same, before SIGKILL comes. */
const LAST_MOMENT_MS = 8000

process.exitCode = await main(process.argv.slice(2))
// A connection that the SDK keeps alive is no reason to stay.
process.exit()

async function main(argv: string[]): Promise<ExitCode> {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
    })
    if (values.help) {
      process.stdout.write(help)
      return exitCodes.done
    }
    const [name = '', ...rest] = positionals
    const command = Object.hasOwn(commands, name) ? commands[name]! : undefined
    if (!command || rest.length !== command.arguments.length) {
      process.stderr.write(`'${argv.join(' ')}' is no command of this container.\n${help}`)
      return exitCodes.impossible
    }
    return await command.run(rest, { json: values.json })
  } catch (error) {
    process.stderr.write(`${lastWordsOf(error).message}\n`)
    return exitCodes.impossible
  }
}

async function runCompose(videoId: string, timelineKey: string): Promise<ExitCode> {
  const log = logAbout({ videoId, ...aboutTheJob() })
  const stop = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (stop.signal.aborted) return
      log('WARN', `${signal}: stopping; what is finished is kept`)
      stop.abort(new ReclaimedError(`stopped by ${signal}`))
      setTimeout(() => process.exit(exitCodes.reclaimed), LAST_MOMENT_MS).unref()
    })
  return composeJob({ videoId, timelineKey }, { env: process.env, signal: stop.signal, fontsDir, log })
}

async function runProbe(json: boolean): Promise<ExitCode> {
  const { probe } = await import('./cloud/probe.ts')
  const found = await probe()
  const { encoder, reason, frames, encodeMs } = found
  const line = `${encoder} (${reason}); ${frames} frames in ${encodeMs} ms`
  process.stdout.write(`${json ? JSON.stringify(found) : line}\n`)
  return exitCodes.done
}

/** What Batch tells a job about itself. */
function aboutTheJob(): Record<string, unknown> {
  const { AWS_BATCH_JOB_ID: jobId, AWS_BATCH_JOB_ATTEMPT: attempt, AWS_BATCH_JQ_NAME: queue } = process.env
  return { jobId, attempt, queue }
}
