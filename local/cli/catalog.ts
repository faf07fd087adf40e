import { styleText } from 'node:util'
import {
  captionFonts,
  captionLooks,
  captionPositions,
  captionSizes,
  formats,
  musicMoods,
  styles,
} from '../../core/catalog.ts'
import { clipPlays, edges, fits, motionWishes, transitionWishes } from '../../core/editing.ts'
import { isRetired, models, presets, roles } from '../../core/models.ts'
import { codecs, frameRates, qualities, resolutions } from '../../core/output.ts'
import { voices } from '../../core/voices.ts'

/** Retired ones are known, too, but nobody chooses one. */
const able = Object.fromEntries(
  Object.entries(models).filter(
    ([, model]) => model.roles.length > 0 && !isRetired(model, new Date().toISOString().slice(0, 10)),
  ),
)

/** Everything that a user can choose from. */
export async function catalog({ json }: { json?: boolean }): Promise<void> {
  const all = {
    formats,
    styles,
    voices,
    captions: captionLooks,
    captionPositions,
    captionSizes,
    captionFonts,
    music: musicMoods,
    transitions: transitionWishes,
    motions: motionWishes,
    fits,
    clipPlays,
    progressBarEdges: edges,
    resolutions,
    frameRates,
    codecs,
    qualities,
    presets,
    roles,
    models: able,
  }
  if (json) return print(JSON.stringify(all))
  section('formats', formats, ({ name, width, height }) => `${name}, ${width}×${height}`)
  section('styles', styles, ({ name, art }) => `${name}: ${art.medium}`)
  section(
    'voices',
    voices,
    ({ name, description, embedded }) =>
      `${name}: ${description}${name.toLowerCase() === embedded ? '' : ` (without a key, ${embedded} speaks)`}`,
  )
  const described: Record<string, Record<string, { description: string }>> = {
    captions: captionLooks,
    'caption fonts': captionFonts,
    music: musicMoods,
    transitions: transitionWishes,
    'motions of pictures': motionWishes,
    'fits of pictures and clips': fits,
    'ways to play a clip': clipPlays,
    codecs,
    qualities,
  }
  const named: Record<string, Record<string, { name: string }>> = {
    'caption positions': captionPositions,
    'caption sizes': captionSizes,
    'edges for the progress bar': edges,
  }
  for (const [title, items] of Object.entries(described)) section(title, items, ({ description }) => description)
  for (const [title, items] of Object.entries(named)) section(title, items, ({ name }) => name)
  section('resolutions', resolutions, ({ shortSidePx }) => `${shortSidePx} px on the shorter side`)
  section('presets', presets, ({ description }) => description)
  section('roles', roles, ({ description }) => description)
  section('models', able, ({ name, roles: does, retiresOn }) =>
    [`${name}: ${does.join(', ')}`, ...(retiresOn ? [`(until ${retiresOn})`] : [])].join(' '),
  )
  section('frame rates', Object.fromEntries(frameRates.map((fps) => [fps, fps])), (fps) => `${fps} frames a second`)
}

function section<Item>(title: string, items: Record<string, Item>, say: (item: Item) => string) {
  print(styleText('bold', title))
  for (const [id, item] of Object.entries(items)) print(`  ${id.padEnd(27)} ${say(item)}`)
}

function print(line: string) {
  process.stdout.write(`${line}\n`)
}
