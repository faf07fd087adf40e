// The same film by other programs: part of it, the rest reckoned from it, because some take half an hour for a minute.
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fontsDir } from '../child/composition.ts'
import type { Minute } from '../minute/minute.ts'
import { editly } from '../peers/editly.ts'
import { moviepy } from '../peers/moviepy.ts'
import { remotion } from '../peers/remotion.ts'
import type { Options } from '../options.ts'
import { endedChildrenCpuMs } from '../processes.ts'

/** `wholeMs`: for the whole film; `measuredMs` is what `seconds` of it took, `setUpMs` of that its own start. */
export type PeerTime =
  | {
      name: string
      version: string
      seconds: number
      setUpMs: number
      measuredMs: number
      wholeMs: number
      cpuMs: number | undefined
    }
  | { name: string; howTo: string }
  | { name: string; failed: string }

export async function measurePeers(
  minute: Minute,
  options: Options,
  scratch: string,
  say: (line: string) => void,
): Promise<PeerTime[]> {
  const times: PeerTime[] = []
  for (const peer of [moviepy(options.python), remotion(options.remotion, options.chrome), editly(options.editly)]) {
    const { name, howTo } = peer
    const version = await peer.installed()
    if (version === undefined) {
      times.push({ name, howTo })
      continue
    }
    const seconds = options.peerSeconds
    say(`${seconds} s of the film by ${name} ${version}`)
    const folder = await mkdtemp(join(scratch, 'peer-'))
    try {
      const cpuBefore = endedChildrenCpuMs()
      const fontPath = join(fontsDir, 'Montserrat_800ExtraBold.ttf')
      const { setUpMs, makeMs } = await peer.make({ minute, seconds, folder, fontPath })
      const cpuAfter = endedChildrenCpuMs()
      times.push({
        name,
        version,
        seconds,
        setUpMs,
        measuredMs: setUpMs + makeMs,
        wholeMs: setUpMs + (makeMs * minute.timeline.durationMs) / (seconds * 1000),
        cpuMs: cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore,
      })
    } catch (error) {
      times.push({ name, failed: error instanceof Error ? error.message : String(error) })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  return times
}
