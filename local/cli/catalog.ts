import { styleText } from 'node:util'
import { captionLooks, formats, musicMoods, styles, voices } from '../../core/catalog.ts'

/** Everything that a user can choose from. */
export async function catalog({ json }: { json?: boolean }): Promise<void> {
  const all = { formats, styles, voices, captions: captionLooks, music: musicMoods }
  if (json) return print(JSON.stringify(all))
  section('formats', formats, ({ name, width, height }) => `${name}, ${width}×${height}`)
  section('styles', styles, ({ name, art }) => `${name}: ${art}`)
  section(
    'voices',
    voices,
    ({ name, description, embedded }) =>
      `${name}: ${description}${name.toLowerCase() === embedded ? '' : ` (without a key, ${embedded} speaks)`}`,
  )
  section('captions', captionLooks, ({ description }) => description)
  section('music', musicMoods, ({ description }) => description)
}

function section<Item>(title: string, items: Record<string, Item>, say: (item: Item) => string) {
  print(styleText('bold', title))
  for (const [id, item] of Object.entries(items)) print(`  ${id.padEnd(22)} ${say(item)}`)
}

function print(line: string) {
  process.stdout.write(`${line}\n`)
}
