// A WAV file as AAC in an .m4a file, which every browser plays.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Encoder } from 'node-av/api'
import { FF_ENCODER_AAC } from 'node-av/constants'
import { Rational } from 'node-av/lib'
import { filterPath } from '../../render-container/filter-path.ts'
import { framesOf } from '../../render-container/graph.ts'
import { openMp4 } from '../../render-container/mp4.ts'

type Wish = { filters: string; layout: 'mono' | 'stereo'; bitRate: number }

const sampleRate = 44_100
/** What AAC encodes at a time. */
const aacSamples = 1024

/** `filters`: FFmpeg's, for what is to be heard of it. */
export async function writeM4a(wav: Uint8Array, path: string, { filters, layout, bitRate }: Wish): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sample-'))
  try {
    const source = join(folder, 'sample.wav')
    await writeFile(source, wav)
    const shape = `aresample=${sampleRate},aformat=sample_fmts=fltp:channel_layouts=${layout},asetnsamples=n=${aacSamples}`
    const graph = `amovie=${filterPath(source)},${filters},${shape}[out]`
    const timeBase = new Rational(1, sampleRate)
    using encoder = Encoder.createSync(FF_ENCODER_AAC, {
      context: { timeBase, threadCount: 1, bitRate: BigInt(bitRate) },
    })
    const packets = []
    for await (const frame of framesOf(graph, 'abuffersink')) packets.push(...encoder.encodeAllSync(frame))
    packets.push(...encoder.encodeAllSync(null))
    using file = openMp4(path)
    const stream = file.addStream(encoder.getCodecContext()!, timeBase)
    file.writeHeader()
    for (const packet of packets) file.write(packet, stream, timeBase)
    file.finish()
  } finally {
    await rm(folder, { recursive: true })
  }
}
