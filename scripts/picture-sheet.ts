// Draws a contact sheet of the embedded illustrator, so that a person can look at the whole:
//   node scripts/picture-sheet.ts sheet.png --format 9:16 --styles warm-fable,anime "First scene. Second scene." …
// Each text is a script, split into sentences; a row a script and style. Without texts, built-in ones in six languages.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { formats, styles, type FormatId, type StyleId } from '../core/catalog.ts'
import { illustrate } from '../providers/offline/pictures/illustrate.ts'

const SAMPLES: [language: string, script: string][] = [
  [
    'en',
    'Monks brewed the berries to stay awake through midnight prayers. Ships carried the beans to Venice. Coffeehouses were filled with poets. Today, billions of cups are poured every day.',
  ],
  [
    'en',
    'The stock market crashed in 1929. Banks closed their doors. Compound interest is the eighth wonder of the world. Start saving early.',
  ],
  [
    'en',
    'Your brain never sleeps. Neurons replay the day and store memories. Vaccines train the immune system. Robots build cars in factories.',
  ],
  [
    'en',
    'Black holes bend space and time. Penguins survive the Antarctic winter. Bees pollinate our food. Knights defended the castle.',
  ],
  [
    'es',
    'El café nació en las montañas de Etiopía. Los barcos llevaron los granos a Venecia. La economía mundial cambió. Los monjes no querían dormir.',
  ],
  [
    'de',
    'Ritter kämpften mit Schwert und Schild. Kaffeehäuser öffneten in Wien. Die Freiheit ist ein hohes Gut. Der Vulkan brach in der Nacht aus.',
  ],
  ['ja', '猫は一日に十六時間眠る。宇宙には無数の星がある。桜の花が春に咲く。侍は刀を持っていた。'],
  ['ar', 'القهوة بدأت في اليمن. السفن حملتها عبر البحر. العلماء يدرسون النجوم في الليل. الحرية أغلى من المال.'],
  ['hi', 'भारत में हाथी को पवित्र माना जाता है। नींद के दौरान दिमाग काम करता है। समुद्र में मछली रहती है। पैसे बचाना सीखो।'],
]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    format: { type: 'string', default: '9:16' },
    styles: { type: 'string', default: 'warm-fable' },
    language: { type: 'string', default: 'en' },
    columns: { type: 'string', default: '8' },
    cell: { type: 'string', default: '180' },
    scale: { type: 'string', default: '0.5' },
    seed: { type: 'string', default: '1' },
  },
})
const [file, ...texts] = positionals
if (!file) throw new Error('Name the picture to write: node scripts/picture-sheet.ts sheet.png ["A script." …]')
const format = formats[values.format as FormatId]
// Pictures are ordered one eighth larger than the video, to leave room for motion.
const [widthPx, heightPx] = [format.width, format.height].map(
  (side) => Math.round((side * 1.125 * Number(values.scale)) / 2) * 2,
) as [number, number]
const scripts = texts.length > 0 ? texts.map((text): [string, string] => [values.language, text]) : SAMPLES
const chosen = (values.styles === 'all' ? Object.keys(styles) : values.styles.split(',')) as StyleId[]

const pictures: Uint8Array[] = []
const tookMs: number[] = []
for (const [language, script] of scripts)
  for (const style of chosen) {
    const before: string[] = []
    for (const { segment } of new Intl.Segmenter(language, { granularity: 'sentence' }).segment(script)) {
      const started = performance.now()
      const brief = {
        prompt: segment.trim(),
        text: segment.trim(),
        look: undefined,
        script,
        before: [...before],
        language,
        style,
        keywords: [],
        negativeKeywords: [],
        widthPx,
        heightPx,
        seed: Number(values.seed) + before.length,
      }
      const { made } = await illustrate(brief, new AbortController().signal)
      tookMs.push(performance.now() - started)
      pictures.push(made.bytes)
      before.push(segment.trim())
    }
  }

const columns = Number(values.columns)
const cellWidth = Number(values.cell)
const cellHeight = Math.round((cellWidth * heightPx) / widthPx)
const sheet = createCanvas(columns * cellWidth, Math.ceil(pictures.length / columns) * cellHeight)
const ctx = sheet.getContext('2d')
for (const [index, bytes] of pictures.entries())
  ctx.drawImage(
    await loadImage(Buffer.from(bytes)),
    (index % columns) * cellWidth,
    Math.floor(index / columns) * cellHeight,
    cellWidth,
    cellHeight,
  )
writeFileSync(file, path.extname(file) === '.png' ? sheet.toBuffer('image/png') : sheet.toBuffer('image/jpeg', 90))
const sorted = tookMs.toSorted((a, b) => a - b)
console.log(
  `${pictures.length} pictures of ${widthPx}×${heightPx}: median ${Math.round(sorted[sorted.length >> 1] ?? 0)} ms, worst ${Math.round(sorted.at(-1) ?? 0)} ms; ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
)
