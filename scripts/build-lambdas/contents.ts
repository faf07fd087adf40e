// What goes into which bundle.
import { cp, mkdir } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { Plugin } from 'esbuild'
import type { Carried, FunctionName, FunctionSpec } from '../../lib/functions.ts'
import { root } from './root.ts'

/** Packages with native code: they are not bundled, they travel beside the bundle. */
export const beside = { canvas: ['@napi-rs/canvas'], ffmpeg: ['node-av'] } as const satisfies Partial<
  Record<Carried, string[]>
>
/** The services' own libraries, each in the one function that calls that service. */
const libraries = {
  openai: 'openai',
  gemini: '@google/genai',
  elevenlabs: '@elevenlabs/elevenlabs-js',
} as const satisfies Partial<Record<FunctionName, string>>

/** Files and folders of ours that only go where they are carried; all others go wherever the code names them. */
const folders = {
  fonts: 'assets/fonts',
  icons: 'providers/offline/pictures/keywords',
  ffmpeg: 'render-container',
} as const satisfies Partial<Record<Carried, string>>
/** Ours that would only work with something that is not carried: what they import would be of no use either. */
const modules = {
  ffmpeg: [
    'render-container/compose.ts',
    'render-container/inspect.ts',
    'render-container/preview.ts',
    'render-container/media/keep-upload.ts',
  ],
  icons: ['providers/offline/pictures/illustrate.ts'],
  voice: ['providers/offline/voice/narrate.ts', 'providers/offline/align/compare.ts'],
  elevenlabs: ['providers/elevenlabs/client.ts'],
} as const satisfies Partial<Record<Carried | keyof typeof libraries, string[]>>

/** Functions of one kind have the same contents but for their own code. */
export function kindOf(name: FunctionName, { carries = [] }: FunctionSpec): string {
  return [...carries.toSorted(), ...(name in libraries ? [name] : [])].join(' ')
}

/**
 * What a function does not carry is replaced by a module that says so when it is used. The code of all providers is one
 * piece, and a function uses little of it.
 */
export function absentPackages(name: FunctionName, { carries = [] }: FunctionSpec): Plugin {
  const has = (what: string) => what === name || (carries as string[]).includes(what)
  const external = Object.entries(beside).flatMap(([what, packages]) => (has(what) ? packages : []))
  const absent = [
    ...Object.entries(beside).flatMap(([what, packages]) => (has(what) ? [] : packages)),
    ...Object.entries(libraries).flatMap(([owner, library]) => (owner === name ? [] : library)),
  ]
  const absentModules = Object.entries(modules).flatMap(([what, paths]) => (has(what) ? [] : paths))
  return {
    name: 'what is carried',
    setup: (build) => {
      build.onResolve({ filter: packageFilter(external) }, ({ path }) => ({ path, external: true }))
      build.onResolve({ filter: packageFilter(absent) }, ({ path }) => ({ path, namespace: 'absent' }))
      build.onResolve({ filter: /^\..*\.ts$/ }, ({ path, resolveDir }) => {
        const module = relative(root, join(resolveDir, path))
        return absentModules.includes(module as never) ? { path: module, namespace: 'absent' } : undefined
      })
      build.onLoad({ filter: /.*/, namespace: 'absent' }, ({ path }) => ({ contents: absence(path), loader: 'js' }))
    },
  }
}

/** Copies one of the files that the code names, unless it belongs to what is not carried. */
export async function placeFile({ carries = [] }: FunctionSpec, source: string, target: string): Promise<void> {
  const fromRoot = relative(root, source)
  const owner = Object.entries(folders).find(([, folder]) => `${fromRoot}/`.startsWith(`${folder}/`))?.[0]
  if (owner !== undefined && !(carries as string[]).includes(owner)) return
  await mkdir(dirname(target), { recursive: true })
  await cp(source, target, { recursive: true })
}

/** The package itself and its parts ('node-av/lib'). */
function packageFilter(packages: string[]): RegExp {
  const names = packages.map((it) => it.replaceAll('/', String.raw`\/`)).join('|')
  return packages.length === 0 ? /^$/ : new RegExp(`^(?:${names})(?:/|$)`)
}

/** Every property is found in the prototype, which throws. What module loaders ask for by themselves is not there. */
function absence(what: string): string {
  const message = JSON.stringify(`this function does not carry ${what}: see 'carries' in lib/functions.ts`)
  return `const absent = (_, name) => { if (typeof name === 'symbol' || name === '__esModule' || name === 'then' || name === 'default') return undefined; throw new Error(${message}) }
module.exports = Object.create(new Proxy({}, { get: absent }))`
}
