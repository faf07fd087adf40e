// MoviePy, as the Python program of this name used it.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findProgram, output, screenplayOf, type Peer } from './peer.ts'

const script = fileURLToPath(new URL('moviepy_film.py', import.meta.url))

/** `python`: an interpreter with moviepy in it. */
export function moviepy(python: string): Peer {
  const interpreter = findProgram(python) ?? python
  return {
    name: 'MoviePy',
    howTo: 'python3 -m venv moviepy && moviepy/bin/pip install moviepy==2.1.2, then --python moviepy/bin/python',
    installed: async () => {
      try {
        return (await output(interpreter, ['-c', 'import moviepy; print(moviepy.__version__)'])).trim()
      } catch {
        return undefined
      }
    },
    make: async (input) => {
      const screenplay = screenplayOf(input)
      const at = join(input.folder, 'screenplay.json')
      await writeFile(at, JSON.stringify(screenplay))
      const said = await output(interpreter, [script, at], input.folder)
      const { setUpMs, makeMs } = JSON.parse(said.trim().split('\n').at(-1)!)
      return { setUpMs, makeMs, path: screenplay.path }
    },
  }
}
