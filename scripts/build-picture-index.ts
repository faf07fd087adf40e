// Writes providers/offline/pictures/keywords/: which icons the embedded illustrator may show, and the words for them
// in every language of emojibase-data (MIT). Run after that package or an icon set changes:
//   node scripts/build-picture-index.ts
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

type Emoji = { hexcode: string; label: string; tags?: string[]; group?: number; subgroup?: number; emoji: string }

const require = createRequire(import.meta.url)
const root = path.dirname(require.resolve('emojibase-data/package.json'))
const out = path.join(import.meta.dirname, '../providers/offline/pictures/keywords')

// Animals, food, places, activities, objects: what can stand in a picture.
const GROUPS = new Set([3, 4, 5, 6, 7])
// Faces, symbols, clock faces, signs, and icons that are square little pictures themselves do not.
const NOT_SHOWN =
  /-face$|^chicken$|^no-|button|flag-in|japanese-(dolls|post)|^moon-cake|mirror-ball|night-with-stars|-oclock$|-thirty$|^(polar-bear|bear|panda|koala|fox|lion|wolf|raccoon|boar|moose|hamster)$|yen|-suit$|^joker|mahjong|flower-playing|cityscape|sunrise|sunset|foggy|bridge-at-night|milky-way|milky|pig-nose|speaker-|muted-|bell-with-slash|level-slider|control-knobs|stop-sign|-medal$|^(wing|mouse-trap|coffin|funeral-urn|cigarette|briefs|bikini|shorts|underwear|plunger|toilet|roll-of-paper|razor|wastebasket|placard|love-hotel|oden|bellhop-bell)$|incoming|outbox|inbox|envelope-with|mailbox|locked-with|wind-face|map-of-japan|map-dark|roller-skate$|e-mail|receipt$|bookmark-tabs|label$|page-|rolled-up|pencil-|fish-cake|new-moon|quarter-moon|gibbous|waning|waxing|speaking-head|umbrella-on|keycap|playground-slide|hot-springs|^(desert|national-park|motorway|railway-track|metro|fog|shooting-star|fireworks|sparkler|moon-viewing-ceremony|bus-stop|elevator|x-ray|mobile-phone-with-arrow|carp-streamer|sparkles|globe-with-meridians|identification-card|pager|bookmark|police-car-light)$/
// Drawn as heads, but they are what a sentence is about.
const HEADS_ONLY = ['bear', 'fox', 'lion', 'wolf', 'panda', 'koala']
// From the other groups, what a sentence may be about.
const ALSO = new Set(
  `brain anatomical-heart lungs tooth bone eye ear footprints fingerprint red-heart broken-heart sparkling-heart robot
  alien ghost skull handshake person-running person-walking person-climbing
  person-surfing person-biking person-swimming person-rowing-boat skier snowboarder horse-racing person-in-lotus-position
  woman-dancing man-dancing ballet-dancer person-lifting-weights person-golfing person-fencing person-juggling
  people-holding-hands flexed-biceps raised-fist musical-notes mermaid person-kneeling`.split(/\s+/),
)

const names = namesByHexcode()
const english = emojis('en').flatMap((emoji) => {
  const name = nameOf(emoji)
  if (!name) return []
  const shown = ALSO.has(name) || HEADS_ONLY.includes(name) || (GROUPS.has(emoji.group ?? -1) && !NOT_SHOWN.test(name))
  return shown ? [{ name, hexcode: emoji.hexcode, emoji: emoji.emoji, kind: kindOf(emoji) }] : []
})

mkdirSync(out, { recursive: true })
const icons = english.map(({ name, kind, emoji }) => [name, kind, emoji])
writeFileSync(path.join(out, 'icons.json'), `[\n${icons.map((icon) => JSON.stringify(icon)).join(',\n')}\n]\n`)

for (const locale of readdirSync(root)) {
  if (!/^[a-z]{2}(-hant)?$/.test(locale)) continue
  const byHexcode = new Map(emojis(locale).map((emoji) => [emoji.hexcode, emoji]))
  const lines = english.map(({ hexcode }) => {
    const { label = '', tags = [] } = byHexcode.get(hexcode) ?? {}
    return JSON.stringify(
      [...new Set([label, ...tags].map((word) => word.toLowerCase().replaceAll('|', ' ')))].join('|'),
    )
  })
  writeFileSync(path.join(out, `${locale}.json`), `[\n${lines.join(',\n')}\n]\n`)
}
console.log(`${english.length} icons written to ${out}`)

function emojis(locale: string): Emoji[] {
  return read(path.join(root, locale, 'data.json')) as Emoji[]
}

/** Hexcodes of both icon sets, in the form that emojibase writes, to the sets' names. */
function namesByHexcode(): Map<string, string> {
  const chars = {
    ...(read(require.resolve('@iconify-json/fluent-emoji-flat/chars.json')) as Record<string, string>),
    ...(read(require.resolve('@iconify-json/noto/chars.json')) as Record<string, string>),
  }
  return new Map(Object.entries(chars).map(([code, name]) => [code.toUpperCase().replaceAll('-FE0F', ''), name]))
}

function nameOf({ hexcode }: Emoji): string | undefined {
  return names.get(hexcode.replaceAll('-FE0F', ''))
}

function kindOf({ subgroup }: Emoji): string {
  const { subgroups } = read(path.join(root, 'meta/groups.json')) as { subgroups: Record<string, string> }
  return subgroups[String(subgroup)] ?? ''
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}
