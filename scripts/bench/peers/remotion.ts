// Remotion: the film as a web page, photographed a frame at a time by a headless Chromium.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findProgram, output, screenplayOf, type Peer } from './peer.ts'

const sources = ['remotion-film.js', 'remotion-render.js']

/** `browser`: Chromium, by name or path. `dir`: where remotion, @remotion/bundler, @remotion/renderer, react and react-dom are in node_modules. */
export function remotion(dir: string | undefined, browser: string): Peer {
  const chrome = findProgram(browser)
  return {
    name: 'Remotion',
    howTo:
      'in an empty folder: npm init -y && npm i remotion @remotion/bundler @remotion/renderer react react-dom, then --remotion <folder> --chrome <chromium>',
    installed: async () => {
      if (dir === undefined || chrome === undefined) return undefined
      try {
        const { version } = JSON.parse(
          await readFile(join(dir, 'node_modules/@remotion/renderer/package.json'), 'utf8'),
        )
        return `${version}, ${(await output(chrome, ['--version'])).trim()}`
      } catch {
        return undefined
      }
    },
    make: async (input) => {
      const there = resolve(dir!, 'clipforge-bench')
      const publicDir = join(input.folder, 'public')
      for (const folder of [there, publicDir]) await mkdir(folder, { recursive: true })
      await writeFile(join(there, 'package.json'), '{"type":"module"}')
      for (const source of sources) await copyFile(fileURLToPath(new URL(source, import.meta.url)), join(there, source))

      const { voice, music, ...screenplay } = screenplayOf(input)
      const published = { 'voice.wav': voice!, 'music.wav': music!, 'captions.ttf': input.fontPath }
      const pictures = screenplay.scenes.map(({ picture }) => [basename(picture!), picture!] as const)
      for (const [name, path] of [...pictures, ...Object.entries(published)])
        await copyFile(path, join(publicDir, name))
      const scenes = screenplay.scenes.map((scene) => ({ ...scene, picture: basename(scene.picture!) }))
      const at = join(input.folder, 'screenplay.json')
      await writeFile(at, JSON.stringify({ ...screenplay, scenes, publicDir }))

      const said = await output(process.execPath, [join(there, 'remotion-render.js'), at, chrome!], there)
      const { setUpMs, makeMs } = JSON.parse(said.trim().split('\n').at(-1)!)
      return { setUpMs, makeMs, path: screenplay.path }
    },
  }
}
