// Our code finds the files that it needs by where it lies itself. In a bundle it lies elsewhere, so the places that it
// names are rewritten, and what lies there comes along: the code stays as it is.
import { readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { Plugin } from 'esbuild'
import { root } from './root.ts'

/** `entries`: by the name of their file in the bundle. `files`: files and folders, and where they are to lie. */
export type Found = { entries: Record<string, string>; files: Map<string, string> }

/** `new URL('x', import.meta.url)` and `path.join(import.meta.dirname, 'x')`, with a constant for x. */
const place = /(new URL\(\s*|join\(\s*import\.meta\.dirname,\s*)'([^']+)'(\s*,\s*import\.meta\.url)?/g

export function filesPlugin(found: Found): Plugin {
  return {
    name: 'files beside the code',
    setup: (build) => {
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (!path.startsWith(`${root}${sep}`) || path.includes(`${sep}node_modules${sep}`)) return undefined
        const source = readFileSync(path, 'utf8')
        if (!source.includes('import.meta')) return undefined
        const contents = source.replaceAll(place, (whole, before: string, target: string, after: string | undefined) =>
          before.startsWith('new URL') && after === undefined
            ? whole
            : `${before}'./${bundled(join(dirname(path), target), found)}'${after ?? ''}`,
        )
        return { contents, loader: 'ts' }
      })
    },
  }
}

/** Where the file or folder is in the bundle, from any of its chunks: all of those lie side by side. */
function bundled(path: string, found: Found): string {
  const fromRoot = relative(root, path)
  if (path.endsWith('.ts')) {
    const entry = fromRoot.slice(0, -'.ts'.length).replaceAll(sep, '-')
    found.entries[entry] = path
    return `${entry}.mjs`
  }
  const target = join('files', fromRoot)
  const isFolder = statSync(path).isDirectory()
  found.files.set(path, target)
  return isFolder && path.endsWith(sep) ? `${target}${sep}` : target
}
