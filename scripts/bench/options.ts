// The bench's command line.
import { tmpdir } from 'node:os'
import { parseArgs } from 'node:util'

export const parts = ['floor', 'compose', 'parts', 'quality', 'changes', 'peers'] as const
export type Part = (typeof parts)[number]

export type Options = {
  only: Part[]
  rounds: number
  seconds: number
  scenes: number
  growth: boolean
  /** How many segments; 0 = no soak. */
  soak: number
  /** How many seconds of the film the other programs make; the rest is reckoned. */
  peerSeconds: number
  python: string
  remotion: string | undefined
  chrome: string
  editly: string | undefined
  scratch: string
  json: string | undefined
}

export const HELP = `npm run bench -- [options]: renders a fixed minute (1080x1920 at 30 fps, seven photo-like pictures in motion,
crossfades, word captions, voice over music) and measures it against encoding alone and against other programs.

  --only a,b        of ${parts.join(', ')}; all when absent, none with --growth or --soak
  --rounds n        floor and composition in turn, so often; medians are printed (3)
  --seconds n       length of the film (60)
  --scenes n        its scenes (7)
  --growth          30 s to 10 minutes, 3 to 40 scenes (about 20 minutes on two cores)
  --soak n          so many segments in a row, damaged media among them (500 take about 3 minutes)
  --peer-seconds n  the other programs make so much of the film, and the rest is reckoned (12)
  --python path     a Python with moviepy in it (python3)
  --remotion dir    where Remotion is installed       --chrome path  its browser (chromium)
  --editly dir      where editly is installed
  --scratch dir     for temporary files: 6 GB for each minute of film (${tmpdir()})
  --json file       all figures as JSON
`

/** Undefined when the help was asked for. Throws an error of one line when an option is wrong. */
export function readOptions(args: string[]): Options | undefined {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '60' },
      scenes: { type: 'string', default: '7' },
      growth: { type: 'boolean', default: false },
      soak: { type: 'string', default: '0' },
      'peer-seconds': { type: 'string', default: '12' },
      python: { type: 'string', default: 'python3' },
      remotion: { type: 'string' },
      chrome: { type: 'string', default: 'chromium' },
      editly: { type: 'string' },
      scratch: { type: 'string', default: tmpdir() },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return undefined
  const { growth, python, remotion, chrome, editly, scratch, json } = values
  const soak = whole('soak', values.soak, 0)
  const seconds = whole('seconds', values.seconds, 2, 3600)
  const scenes = whole('scenes', values.scenes, 1)
  // Shorter scenes could not hold their crossfades.
  if (scenes > seconds) throw new Error(`--scenes ${scenes}: at most one a second, so ${seconds}`)
  return {
    only: partsOf(values.only, growth || soak > 0 ? [] : [...parts]),
    rounds: whole('rounds', values.rounds, 1),
    seconds,
    scenes,
    growth,
    soak,
    peerSeconds: Math.min(seconds, whole('peer-seconds', values['peer-seconds'], 1)),
    python,
    remotion,
    chrome,
    editly,
    scratch,
    json,
  }
}

function whole(name: string, text: string, least: number, most = 1e6): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Error(`--${name} ${text}: must be a whole number from ${least} to ${most}`)
  return value
}

function partsOf(only: string | undefined, otherwise: Part[]): Part[] {
  if (only === undefined) return otherwise
  return only.split(',').map((name) => {
    const part = parts.find((each) => each === name.trim())
    if (!part) throw new Error(`--only ${name}: must be of ${parts.join(', ')}`)
    return part
  })
}
