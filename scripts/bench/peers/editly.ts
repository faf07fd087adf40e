// editly: frames drawn by headless canvas and WebGL, piped to ffmpeg. Only what it can do: zooms, fades and plain captions.
import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { output, screenplayOf, type Peer } from './peer.ts'

/** `dir`: where editly is in node_modules. It needs ffmpeg and ffprobe in the path. */
export function editly(dir: string | undefined): Peer {
  return {
    name: 'editly',
    howTo: 'in an empty folder: npm init -y && npm i editly (it builds canvas and gl), then --editly <folder>',
    installed: async () => {
      if (dir === undefined) return undefined
      try {
        return JSON.parse(await readFile(join(dir, 'node_modules/editly/package.json'), 'utf8')).version
      } catch {
        return undefined
      }
    },
    make: async (input) => {
      const film = screenplayOf(input)
      const at = join(input.folder, 'film.json')
      await writeFile(at, JSON.stringify(specOf(film)))
      const startedAt = performance.now()
      await output(process.execPath, [resolve(dir!, 'node_modules/.bin/editly'), at], input.folder)
      return { setUpMs: 0, makeMs: performance.now() - startedAt, path: film.path }
    },
  }
}

const ZOOMS: Record<string, string | null> = {
  'zoom-in': 'in',
  'zoom-out': 'out',
  'pan-left': 'left',
  'pan-right': 'right',
}

/** editly's own description of a film. Its clips overlap by their transitions, so each lasts that much longer. */
function specOf({
  width,
  height,
  fps,
  seconds,
  path,
  fontPath,
  voice,
  music,
  scenes,
  captions,
}: ReturnType<typeof screenplayOf>) {
  const clips = scenes
    .filter(({ start }) => start < seconds)
    .map(({ picture, motion, start, end }, index, shown) => {
      const next = scenes[index + 1]
      const fadeS = index + 1 < shown.length ? (next?.crossfade ?? 0) : 0
      const duration = Math.min(end, seconds) - start + fadeS
      const texts = captions
        .filter((caption) => caption.start >= start && caption.start < Math.min(end, seconds))
        .map((caption) => ({
          type: 'subtitle',
          text: caption.text.replaceAll('\n', ' '),
          fontPath,
          start: caption.start - start,
          stop: Math.min(caption.end, seconds) - start,
        }))
      const image = { type: 'image', path: picture, zoomDirection: ZOOMS[motion] ?? 'in', zoomAmount: 0.12 }
      return { duration, transition: { name: 'fade', duration: fadeS }, layers: [image, ...texts] }
    })
  return {
    outPath: path,
    width,
    height,
    fps,
    clips,
    audioTracks: [{ path: voice }, { path: music, mixVolume: 0.2 }],
    audioNorm: { enable: false },
  }
}
