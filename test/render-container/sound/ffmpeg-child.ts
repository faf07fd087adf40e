// A child process for the tests of sound: makes files of any format, and hears them. FFmpeg must not run in a test
// runner's threads.
import { Encoder, Muxer } from 'node-av/api'
import { AV_DISPOSITION_ATTACHED_PIC, AV_LOG_QUIET, type FFEncoderCodec } from 'node-av/constants'
import { Log, Rational } from 'node-av/lib'
import { rational } from '../../../render-container/encoder.ts'
import { filterPath } from '../../../render-container/filter-path.ts'
import { framesOf } from '../../../render-container/graph.ts'
import { masterSound } from '../../../render-container/sound/master.ts'
import type { Heard, Request } from './listen.ts'

Log.setLevel(AV_LOG_QUIET)
process.on('disconnect', () => process.exit(0))
process.on('message', (request: Request) => {
  perform(request).then(
    (result) => process.send!({ result }),
    (error: unknown) => process.send!({ error: String(error) }),
  )
})

async function perform(request: Request): Promise<unknown> {
  if (request.kind === 'make') return make(request)
  if (request.kind === 'hear') return hear(request.path)
  const before = process.cpuUsage()
  await masterSound(request.task)
  const { user, system } = process.cpuUsage(before)
  return { cpuMs: (user + system) / 1000, rssMb: process.resourceUsage().maxRSS / 1024 }
}

/** Each graph becomes a stream; those of pictures come first, as they do in most files. */
async function make({ sound, picture, isCover, format, path }: Request & { kind: 'make' }): Promise<void> {
  // The index first, so that a file that breaks off still has it.
  using muxer = Muxer.openSync(path, { format, ...(format === 'mp4' && { options: { movflags: '+faststart' } }) })
  const streams = [picture, sound].flatMap((part) => {
    if (!part) return []
    const encoder = Encoder.createSync(part.codec as FFEncoderCodec, {
      autoResample: true,
      context: part === picture ? { framerate: rational(25), timeBase: new Rational(1, 25) } : { bitRate: 128_000 },
    })
    const stream = muxer.addStream(encoder)
    if (isCover && part === picture) muxer.getFormatContext().streams[0]!.disposition = AV_DISPOSITION_ATTACHED_PIC
    return [{ ...part, encoder, stream, sink: part === picture ? ('buffersink' as const) : ('abuffersink' as const) }]
  })
  for (const { graph, encoder, stream, sink } of streams) {
    const write = (packets: ReturnType<typeof encoder.encodeAllSync>) => {
      for (const packet of packets) {
        muxer.writePacketSync(packet, stream)
        packet.free()
      }
    }
    for await (const frame of framesOf(`${graph}[out]`, sink)) write(encoder.encodeAllSync(frame))
    write(encoder.encodeAllSync(null))
    encoder.close()
  }
  muxer.closeSync()
}

/** With FFmpeg's own meter, which the renderer does not use. */
async function hear(path: string): Promise<Heard> {
  const pieces: Buffer[] = []
  const meter = 'ebur128=metadata=1:peak=true'
  let lufs = -Infinity
  let peak = 0
  const graph = `amovie=${filterPath(path)},${meter},aformat=sample_fmts=flt:channel_layouts=stereo[out]`
  for await (const frame of framesOf(graph, 'abuffersink')) {
    const metadata = frame.getMetadata()
    lufs = Number(metadata.get('lavfi.r128.I') ?? lufs)
    peak = Math.max(peak, Number(metadata.get('lavfi.r128.true_peak') ?? 0))
    pieces.push(Buffer.from(frame.data![0]!.subarray(0, frame.nbSamples * 8)))
  }
  return { stereo: Buffer.concat(pieces), lufs, truePeakDb: 20 * Math.log10(peak) }
}
