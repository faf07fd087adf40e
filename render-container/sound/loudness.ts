// Loudness by EBU R 128 (ITU-R BS.1770), with FFmpeg's meter.
import { framesOf } from '../graph.ts'

export type Loudness = {
  /** Undefined when nothing is loud enough to count (-70 LUFS), or shorter than the meter's 0.4 s. */
  integratedLufs: number | undefined
  truePeakDb: number
}

/** `graph` is all but the meter, without a label at its end. */
export async function measureLoudness(graph: string): Promise<Loudness> {
  let lufs = -Infinity
  let peak = 0
  for await (const frame of framesOf(`${graph},ebur128=metadata=1:peak=true[out]`, 'abuffersink')) {
    const metadata = frame.getMetadata()
    lufs = Number(metadata.get('lavfi.r128.I') ?? lufs)
    peak = Math.max(peak, Number(metadata.get('lavfi.r128.true_peak') ?? 0))
  }
  const isMeasured = Number.isFinite(lufs) && lufs > GATE_LUFS
  return { integratedLufs: isMeasured ? lufs : undefined, truePeakDb: 20 * Math.log10(peak) }
}

const GATE_LUFS = -69.9
