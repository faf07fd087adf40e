import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type StyleId, styles } from '../../core/catalog.ts'
import { pictureOf, webpWithin } from './picture.ts'

/** The same for all, so that what differs is the style. */
const text = 'At dusk the lighthouse keeper lights the lamp above the sea.'
const size = { widthPx: 360, heightPx: 480 }
const mostBytes = 25_000

export async function writeStyles(folder: string): Promise<void> {
  for (const style of Object.keys(styles) as StyleId[]) {
    const bytes = webpWithin(await pictureOf({ text, style, ...size, seed: 3 }), mostBytes)
    await writeFile(join(folder, `${style}.webp`), bytes)
  }
}
