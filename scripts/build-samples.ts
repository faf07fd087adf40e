// Makes what the page shows of the catalogue before anything is made: a picture for each style, a sentence for each
// voice, a few seconds for each mood, a moving caption for each look. All of it comes from what is embedded, and is
// committed:
//   node scripts/build-samples.ts [styles] [voices] [music] [captions]
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeCaptions } from './build-samples/captions.ts'
import { writeMusic } from './build-samples/music.ts'
import { writeStyles } from './build-samples/styles.ts'
import { writeVoices } from './build-samples/voices.ts'

const makers: Record<string, (folder: string) => Promise<void>> = {
  styles: writeStyles,
  voices: writeVoices,
  music: writeMusic,
  captions: writeCaptions,
}
const samples = fileURLToPath(new URL('../web/samples', import.meta.url))

const wanted = process.argv.slice(2)
for (const [name, make] of Object.entries(makers)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  await mkdir(join(samples, name), { recursive: true })
  await make(join(samples, name))
}
