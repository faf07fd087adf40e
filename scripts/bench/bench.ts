// Measures the renderer: npm run bench -- --help. Figures on standard output, progress on standard error.
import { rmSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { inChild } from './children.ts'
import { describeMachine } from './machine.ts'
import { measureChanges } from './measures/changes.ts'
import { makeFilm, type Film } from './measures/film.ts'
import { GROWTH, measureGrowth, type Grown } from './measures/growth.ts'
import { timeByPart } from './measures/parts.ts'
import { measurePeers } from './measures/peers.ts'
import { allQualities, identicalSegments, measureQuality, type Quality } from './measures/quality.ts'
import { median, measureRounds } from './measures/rounds.ts'
import { memoryOfWhole } from './measures/whole.ts'
import { makeMedia, minuteOf, type Media } from './minute/minute.ts'
import { HELP, readOptions, type Options } from './options.ts'
import { report, type Results } from './report.ts'

const startedAt = performance.now()

try {
  const options = readOptions(process.argv.slice(2))
  if (options) await bench(options)
  else console.log(HELP)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function bench(options: Options): Promise<void> {
  const scratch = await mkdtemp(join(resolve(options.scratch), 'clipforge-bench-'))
  // Gigabytes of raw frames must not stay behind; the children end by themselves.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      rmSync(scratch, { recursive: true, force: true })
      process.exit(1)
    })
  try {
    const results = await measure(options, scratch)
    console.log(report(results))
    if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(results, null, 2)}\n`)
    if (results.soak && results.soak.wrong.length > 0) process.exitCode = 1
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function measure(options: Options, scratch: string): Promise<Results> {
  const { only, rounds, seconds, scenes, growth, soak } = options
  say('making pictures and sounds')
  const media = await makeMedia(join(scratch, 'media'))
  const minute = await minuteOf(media, { seconds, scenes, quality: 'standard' })
  const results: Results = { machine: await describeMachine(), seconds, scenes }
  const isIn = (...parts: Options['only']) => parts.some((part) => only.includes(part))

  if (isIn('compose')) {
    say('the whole composition, looking at its memory')
    results.memory = await memoryOfWhole(minute, scratch)
  }
  const film = isIn('floor', 'parts', 'quality') ? await makeFilm(minute, join(scratch, 'film'), say) : undefined
  if (isIn('floor', 'compose', 'parts')) {
    const draft = await minuteOf(media, { seconds, scenes, quality: 'draft' })
    const wanted = { minute, draft, film: isIn('floor', 'parts') ? film : undefined, rounds, scratch }
    results.rounds = await measureRounds({ ...wanted, isComposed: isIn('compose') }, say)
  }
  if (film && isIn('floor')) results.identical = { same: await identicalSegments(film), of: film.segments.length }
  if (film && isIn('parts')) {
    say('each part of the composition alone')
    results.parts = await timeByPart(film, median(results.rounds!.floors.map(({ encodeCpuMs }) => encodeCpuMs))!)
  }
  if (film && isIn('quality')) results.quality = await qualitiesOf(film)
  if (film) await rm(film.folder, { recursive: true })
  if (isIn('changes')) {
    say('one changed scene, nothing changed, stopped and resumed')
    results.changes = await measureChanges(minute, media, scratch)
  }
  if (isIn('peers')) results.peers = await measurePeers(minute, options, scratch, say)
  if (growth) results.growth = await growthOf(media, scratch)
  if (soak > 0) {
    const input = { segments: soak, photo: media.photos[0]!, folder: join(scratch, 'soak') }
    results.soak = await inChild('soak', input, say)
  }
  return results
}

async function qualitiesOf(film: Film): Promise<Quality[]> {
  const encoders = availableParallelism()
  const found: Quality[] = []
  for (const quality of allQualities) {
    say(`comparing ${quality} with the composed frames`)
    found.push(await measureQuality(film, quality, encoders))
  }
  return found
}

async function growthOf(media: Media, scratch: string): Promise<Grown[]> {
  const found: Grown[] = []
  for (const size of GROWTH) {
    say(`${size.seconds} s with ${size.scenes} scenes`)
    found.push(await measureGrowth(media, size, scratch))
  }
  return found
}

function say(line: string): void {
  console.error(`${String(Math.round((performance.now() - startedAt) / 1000)).padStart(5)} s  ${line}`)
}
