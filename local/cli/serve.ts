import { styleText } from 'node:util'
import { InputError } from '../../core/errors.ts'
import { parseAllowedHosts } from '../../core/webhooks/url.ts'
import { usualJobs } from '../engine/start.ts'
import { fullDiskLine, isDiskFull } from '../space.ts'
import { serve as startServer, type ServerEvent } from '../server/serve.ts'
import { fromHere } from './from-here.ts'
import { homeDir } from './home-dir.ts'

export type ServeOptions = {
  port: string
  host: string
  jobs?: string
  maxQueued: string
  cors?: string[]
  inbox?: string
  allowPrivate?: string[]
  url?: string
  json?: boolean
}

/** Serves until it is told to end. */
export async function serve(options: ServeOptions): Promise<void> {
  const json = options.json ?? false
  const tell = json ? (line: object) => print(JSON.stringify(line)) : () => {}
  const say = json ? () => {} : print
  const ended = stopSignal()
  const server = await startServer({
    homeDir: homeDir(),
    host: options.host,
    port: wholeNumber('port', options.port, 0, 65_535),
    jobs: options.jobs === undefined ? usualJobs() : wholeNumber('jobs', options.jobs, 1, 100),
    maxQueued: wholeNumber('max-queued', options.maxQueued, 1, 100_000),
    webhookHosts: parseAllowedHosts(
      [...(options.allowPrivate ?? []), process.env.CLIPFORGE_ALLOW_PRIVATE_URLS ?? ''].join(','),
    ),
    publicUrl: options.url === undefined ? '' : checkedOrigin('url', options.url),
    inbox: options.inbox === undefined ? undefined : fromHere(options.inbox),
    corsOrigins: (options.cors ?? []).map((origin) => checkedOrigin('cors', origin)),
    onEvent: (event) => {
      tell(event)
      const line = lineOf(event)
      if (line) say(line)
    },
    onError: (error) => {
      const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
      tell({ at: new Date().toISOString(), type: 'error', name, message })
      say(`${styleText('red', '✘')} ${isDiskFull(error) ? fullDiskLine(message) : (stack ?? message)}`)
    },
  })
  const { url, signInLink, firstKey } = server
  tell({
    at: new Date().toISOString(),
    type: 'listening',
    url,
    signInLink,
    ...(firstKey !== undefined && { key: firstKey }),
  })
  for (const line of greeting(server)) say(line)
  await ended
  const running = await server.close()
  tell({ at: new Date().toISOString(), type: 'stopped', running })
  say(
    running === 0
      ? 'stopped'
      : `stopped; the next start goes on with ${running === 1 ? 'the video' : `${running} videos`} that ${running === 1 ? 'was' : 'were'} being made`,
  )
}

function greeting({ url, signInLink, firstKey }: Awaited<ReturnType<typeof startServer>>): string[] {
  return [
    `ClipForge serves ${styleText('bold', url)} (Ctrl-C stops it; what it is making goes on at the next start)`,
    `Open the page:    ${styleText('cyan', signInLink)}`,
    firstKey === undefined
      ? 'For programs:     clipforge keys create makes a key, clipforge keys list shows those there are'
      : `For programs:     ${firstKey}  (a key; it is shown this once)`,
    `How to call it:   ${url}/reference`,
  ]
}

function lineOf(event: ServerEvent): string | undefined {
  const at = event.at.slice(11, 19)
  if (event.type === 'accepted') return `${at}  ${event.videoId}  accepted${event.attempt > 1 ? ', again' : ''}`
  if (event.type === 'taken') {
    const refused = event.refused > 0 ? `, ${event.refused} refused (its manifest says why)` : ''
    return `${at}  ${event.file}  ${event.accepted === 1 ? '1 video' : `${event.accepted} videos`}${refused}`
  }
  if (event.type === 'started') return event.resumed ? `${at}  ${event.videoId}  goes on where it was` : undefined
  if (event.type === 'paused')
    return `${at}  ${event.videoId}  waits until it can be written down: ${onOneLine(event.message)}`
  const seconds = `${event.seconds.toFixed(1)} s`
  if (event.type === 'failed')
    return `${at}  ${event.videoId}  ${styleText('red', 'failed')} after ${seconds}: ${onOneLine(event.message)}`
  return `${at}  ${event.videoId}  ${event.type === 'done' ? styleText('green', 'done') : 'cancelled'} after ${seconds}`
}

function onOneLine(message: string): string {
  return message.replaceAll(/[\s\p{Cc}]+/gu, ' ')
}

/**
 * npm and the terminal may both pass one Ctrl-C on: the second is no second wish. When whoever started it was killed, so
 * that no signal comes, it ends as well: the next start finds its port free.
 */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
    const starter = Number(process.env['CLIPFORGE_STARTED_BY'])
    if (process.ppid !== starter) return
    const watching = setInterval(() => {
      if (process.ppid === starter) return
      clearInterval(watching)
      resolve()
    }, 500)
    watching.unref()
  })
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : -1
  if (number >= least && number <= most) return number
  throw new InputError(`${name}: must be a whole number from ${least} to ${most} (it is '${text}')`)
}

function checkedOrigin(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, '')) return url.origin
  throw new InputError(`${name}: must be an origin such as https://example.com (it is '${text}')`)
}

function print(line: string) {
  process.stdout.write(`${line}\n`)
}
