import { statfs } from 'node:fs/promises'
import { styleText } from 'node:util'
import { codecs, type CodecId, defaultCodec, defaultQuality } from '../../core/output.ts'
import { openHome } from '../home.ts'
import { fontsDir } from '../stage-ports.ts'
import { homeDir } from './home-dir.ts'
import { world } from '../choices.ts'
import { checkServices } from './services.ts'

export type Check = { check: string; ok: boolean; found: string; mend?: string }

/** Tries everything that making a video needs, for real, and says how to mend what is wrong. */
export async function doctor({ json }: { json?: boolean }): Promise<void> {
  const checks: Check[] = []
  const tell = (result: Check) => {
    checks.push(result)
    if (!json) process.stdout.write(`${lineOf(result)}\n`)
  }
  for (const [check, [probe, mend]] of Object.entries(probes)) tell(await tryOut(check, probe, mend))
  for (const result of await checkServices(world())) tell(result)
  if (json) process.stdout.write(`${JSON.stringify({ type: 'doctor', ok: checks.every(({ ok }) => ok), checks })}\n`)
  if (!checks.every(({ ok }) => ok)) process.exitCode = 1
}

/** Each gives what was found, or throws; the second entry says how to mend it. */
const probes: Record<string, [() => Promise<string>, string]> = {
  node: [nodeVersion, 'run clipforge through npm: npm run clipforge -- doctor'],
  disk: [freeDisk, 'set CLIPFORGE_HOME to a folder that can be written and has 1 GB free'],
  encoders: [encoders, 'delete node_modules and run npm run demo, which installs it again'],
  voice: [voice, 'delete node_modules and run npm run demo, which installs it again'],
  pictures: [picture, 'delete node_modules and run npm run demo, which installs it again'],
  fonts: [fonts, 'restore assets/fonts from the repository'],
}

async function tryOut(check: string, probe: () => Promise<string>, mend: string): Promise<Check> {
  try {
    return { check, ok: true, found: await probe() }
  } catch (error) {
    return { check, ok: false, found: error instanceof Error ? error.message : String(error), mend }
  }
}

async function nodeVersion(): Promise<string> {
  if (Number(process.versions.node.split('.')[0]) < 24) throw new Error(`${process.version}; 24 is needed`)
  return process.version
}

async function freeDisk(): Promise<string> {
  const { dir } = openHome(homeDir())
  const { bavail, bsize } = await statfs(dir)
  const freeMb = Math.floor((bavail * bsize) / 1e6)
  if (freeMb < 1000) throw new Error(`${dir} has ${freeMb} MB free`)
  return `${dir}, ${(freeMb / 1000).toFixed(0)} GB free`
}

/** For each codec the encoder that videos get on this machine; those chosen for the same reason together. */
async function encoders(): Promise<string> {
  const { withPool } = await import('../../render-container/pool.ts')
  const format = { widthPx: 1080, heightPx: 1920, fps: 30 }
  const chosen = await withPool(1, new AbortController().signal, ({ run }) =>
    Promise.all(
      (Object.keys(codecs) as CodecId[]).map(async (codec) => {
        const wanted = { codec, quality: defaultQuality, format, hardwareFailure: undefined }
        // Only the codec that everybody gets has to be there.
        const choice = run('encoder', wanted, 'the probe for an encoder').catch((error: Error) => {
          if (codec === defaultCodec) throw error
          return { name: 'none', reason: error.message }
        })
        const { name, reason } = await choice
        return { text: `${name} for ${codecs[codec].name}`, reason }
      }),
    ),
  )
  return Object.entries(Object.groupBy(chosen, ({ reason }) => reason))
    .map(([reason, choices = []]) => `${choices.map(({ text }) => text).join(', ')} (${reason})`)
    .join('; ')
}

async function voice(): Promise<string> {
  const { narrate } = await import('../../providers/offline/voice/narrate.ts')
  const words = [{ index: 0, text: 'Hello.', spaceBefore: false, sentence: 0 }]
  const { made } = await narrate({ words, language: 'en', voice: 'clara' }, new AbortController().signal)
  return `embedded, ${made.durationMs.toFixed(0)} ms for one word`
}

async function picture(): Promise<string> {
  const { illustrate } = await import('../../providers/offline/pictures/illustrate.ts')
  const brief = {
    prompt: 'A goat',
    text: 'A goat',
    look: undefined,
    script: 'A goat',
    before: [],
    language: 'en',
    style: 'warm-fable',
    keywords: [],
    negativeKeywords: [],
    widthPx: 64,
    heightPx: 64,
    seed: 1,
  } as const
  const { made } = await illustrate(
    { ...brief, before: [], keywords: [], negativeKeywords: [] },
    new AbortController().signal,
  )
  return `embedded, ${made.bytes.length} bytes`
}

async function fonts(): Promise<string> {
  const { readdir } = await import('node:fs/promises')
  const count = (await readdir(fontsDir, { recursive: true })).filter((name) => name.endsWith('.ttf')).length
  if (count === 0) throw new Error(`no fonts in ${fontsDir}`)
  return `${count} faces`
}

function lineOf({ check, ok, found, mend }: Check): string {
  return `${ok ? styleText('green', '✔') : styleText('red', '✘')} ${check.padEnd(10)} ${found}${mend ? `: ${mend}` : ''}`
}
