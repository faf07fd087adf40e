// node decode.ts sound|frames <file>: the decoded samples (32-bit float, mono) or planes on standard output.
import { writeSync } from 'node:fs'
import { framesOf } from '../../render-container/graph.ts'
import { filterPath } from '../../render-container/filter-path.ts'

const [what, path] = process.argv.slice(2) as [string, string]
const graphs = {
  sound: [`amovie=${filterPath(path)},aformat=sample_fmts=flt:channel_layouts=mono[out]`, 'abuffersink'],
  frames: [`movie=${filterPath(path)},format=yuv420p[out]`, 'buffersink'],
} as const
const [graph, sink] = graphs[what as keyof typeof graphs]
for await (const frame of framesOf(graph, sink)) {
  // A sound frame's buffer may be longer than what it holds.
  const bytes = what === 'sound' ? frame.data![0]!.subarray(0, frame.nbSamples * 4) : frame.toBuffer()
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(1, bytes, written)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
    }
  }
}
