// A sentence by each embedded voice. What stands in for a service's voice is heard through the same file: core/samples.ts
// says which.
import { join } from 'node:path'
import { type EmbeddedVoice, voices } from '../../core/voices.ts'
import { wordsOf } from '../../core/words.ts'
import { narrate } from '../../providers/offline/voice/narrate.ts'
import { writeM4a } from './sound.ts'

const text = 'Every story begins with a single word. Let me tell you yours.'

export async function writeVoices(folder: string): Promise<void> {
  const embedded = new Set<EmbeddedVoice>(Object.values(voices).map((voice) => voice.embedded))
  for (const voice of embedded) {
    const line = { words: wordsOf(text, 'en'), language: 'en', voice }
    const { made } = await narrate(line, new AbortController().signal)
    await writeM4a(made.audio!, join(folder, `${voice}.m4a`), {
      filters: 'volume=3dB',
      layout: 'mono',
      bitRate: 64_000,
    })
  }
}
