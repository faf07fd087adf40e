// Loudness by EBU R 128 (ITU-R BS.1770), with FFmpeg's meter.
import { framesOf } from '../graph.ts'

/** Undefined when nothing is loud enough to count (-70 LUFS), or shorter than the meter's 0.4 s. */
type Lufs = number | undefined

/** Integrated. `graph` is all but the meter, without a label at its end. */
export async function measureLufs(graph: string): Promise<Lufs> {
  return (await measure(graph, '')).integratedLufs
}

/** With the peak between the samples too, which takes twice as long. */
export function measureLoudness(graph: string): Promise<{ integratedLufs: Lufs; truePeakDb: number }> {
  return measure(graph, ':peak=true')
}

async function measure(graph: string, peaks: string) {
  let lufs = -Infinity
  let peak = 0
  for await (const frame of framesOf(`${graph},ebur128=metadata=1${peaks}[out]`, 'abuffersink')) {
    const metadata = frame.getMetadata()
    lufs = Number(metadata.get('lavfi.r128.I') ?? lufs)
    peak = Math.max(peak, Number(metadata.get('lavfi.r128.true_peak') ?? 0))
  }
  const isMeasured = Number.isFinite(lufs) && lufs > GATE_LUFS
  return { integratedLufs: isMeasured ? lufs : undefined, truePeakDb: 20 * Math.log10(peak) }
}

const GATE_LUFS = -69.9
