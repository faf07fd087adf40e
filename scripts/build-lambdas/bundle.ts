// One esbuild run for all functions that carry the same: reading the code takes far longer than writing it.
import { join } from 'node:path'
import { build, type BuildResult } from 'esbuild'
import type { FunctionName, FunctionSpec } from '../../lib/functions.ts'
import { absentPackages } from './contents.ts'
import { type Found, filesPlugin } from './files-plugin.ts'
import { root } from './root.ts'

/** By the file's name in the function's folder. `files`: of ours, and where they are to lie there. */
export type Bundled = { code: Map<string, Uint8Array>; maps: Map<string, Uint8Array>; files: Map<string, string> }

/** `spec`: of any of the functions, all of which carry the same. Throws Error for code that does not build. */
export async function bundle(names: FunctionName[], spec: FunctionSpec): Promise<Map<FunctionName, Bundled>> {
  const entries = Object.fromEntries(names.map((name) => [name, `lambdas/${name}.ts`]))
  for (;;) {
    const found: Found = { entries: {}, files: new Map() }
    const result = await run(names, entries, [absentPackages(names[0]!, spec), filesPlugin(found)])
    // Files that the code starts (threads, children) become entries of their own, which may bring further ones.
    const further = Object.entries(found.entries).filter(([entry]) => !(entry in entries))
    if (further.length === 0) return new Map(names.map((name) => [name, partOf(name, result, found)]))
    Object.assign(entries, Object.fromEntries(further))
  }
}

type Result = BuildResult<{ write: false; metafile: true }>

/** Nothing is written: paths are relative to this. */
const nowhere = join(root, 'dist/bundled')

async function run(
  names: FunctionName[],
  entryPoints: Record<string, string>,
  plugins: Parameters<typeof build>[0]['plugins'],
): Promise<Result> {
  return build({
    entryPoints,
    plugins,
    outdir: nowhere,
    absWorkingDir: root,
    bundle: true,
    // What is only imported when it is used is only loaded then.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    sourcemap: 'external',
    entryNames: '[name]',
    chunkNames: 'chunk-[hash]',
    outExtension: { '.js': '.mjs' },
    // For what was CommonJS.
    banner: {
      js: "import{createRequire as bundleRequire}from'node:module';const require=bundleRequire(import.meta.url);",
    },
    write: false,
    metafile: true,
    logLevel: 'silent',
  }).catch((error: unknown) => {
    throw new Error(`${names.join(', ')}: does not bundle: ${error instanceof Error ? error.message : String(error)}`)
  })
}

/** What one function needs of the whole: its entry, the chunks that lead on from it, and what they start or read. */
function partOf(name: FunctionName, { outputFiles, metafile }: Result, found: Found): Bundled {
  const contents = new Map(outputFiles.map((file) => [file.path.slice(nowhere.length + 1), file]))
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [path.split('/').at(-1)!, output]))
  const part: Bundled = { code: new Map(), maps: new Map(), files: new Map() }
  const entry = `${name}.mjs`
  const todo = [entry]
  for (const file of todo) {
    const as = file === entry ? 'index.mjs' : file
    if (part.code.has(as)) continue
    const { contents: bytes, text } = contents.get(file)!
    part.code.set(as, bytes)
    part.maps.set(`${as}.map`, contents.get(`${file}.map`)!.contents)
    todo.push(...outputs.get(file)!.imports.flatMap(({ path, external }) => (external ? [] : path.split('/').at(-1)!)))
    todo.push(...Object.keys(found.entries).flatMap((it) => (text.includes(`"./${it}.mjs"`) ? `${it}.mjs` : [])))
    for (const [source, place] of found.files) if (text.includes(`"./${place}"`)) part.files.set(source, place)
  }
  return part
}
