// From lambdas/<name>.ts to the folder that is deployed.
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type FunctionName, functions, type FunctionSpec } from '../../lib/functions.ts'
import { bundle, type Bundled } from './bundle.ts'
import { carry } from './carry.ts'
import { kindOf, placeFile } from './contents.ts'
import { nativePackages } from './natives.ts'
import { root } from './root.ts'

export type Build = {
  /** None: every one that has its code. */
  names?: FunctionName[]
  /** Throws for a function without code. */
  mustBeAll?: boolean
  /** 'host': this machine's, for tests. */
  arch: 'arm64' | 'host'
  outDir: string
}
export type Built = { name: FunctionName; bundleBytes: number; unzippedBytes: number }

/** What Lambda takes, unzipped: 250 MB in its own count. */
const mostBytes = 250 * 1024 * 1024

/**
 * Writes <outDir>/<name>/ anew for each, and the source maps beside `outDir`, under the same name with '-maps'. The same
 * sources give the same bytes. Throws Error, in one line, for code that is missing or does not build, for what cannot be
 * fetched, and for a bundle over Lambda's limit.
 */
export async function buildLambdas({ names = [], mustBeAll = false, arch, outDir }: Build): Promise<Built[]> {
  const toBuild = withCode(names, mustBeAll)
  // Before anything is bundled: it may take a while, or fail for want of a network.
  const natives = await nativePackages(
    toBuild.flatMap((name) => specOf(name).carries ?? []),
    arch,
  )
  const bundles = new Map<FunctionName, Bundled>()
  for (const group of Object.values(Object.groupBy(toBuild, (name) => kindOf(name, specOf(name)))))
    for (const [name, bundled] of await bundle(group!, specOf(group![0]!))) bundles.set(name, bundled)
  const built: Built[] = []
  for (const name of toBuild) {
    const dir = resolve(outDir, name)
    await rm(dir, { recursive: true, force: true })
    await write(name, bundles.get(name)!, { dir, mapsDir: resolve(`${outDir}-maps`, name) })
    await carry(specOf(name).carries ?? [], natives, dir)
    const unzippedBytes = await bytesIn(dir)
    if (unzippedBytes > mostBytes)
      throw new Error(`${name}: ${Math.ceil(unzippedBytes / 1e6)} MB unzipped, and Lambda takes ${mostBytes / 1e6} MB`)
    built.push({ name, bundleBytes: await bytesIn(dir, '.mjs'), unzippedBytes })
  }
  return built
}

function withCode(names: FunctionName[], mustBeAll: boolean): FunctionName[] {
  const all = Object.keys(functions) as FunctionName[]
  // In one order however they were asked for: the names of chunks follow from it.
  const asked = names.length > 0 ? all.filter((name) => names.includes(name)) : all
  const missing = asked.filter((name) => !existsSync(join(root, 'lambdas', `${name}.ts`)))
  if (missing.length > 0 && (mustBeAll || names.length > 0))
    throw new Error(`lambdas/${missing[0]}.ts is missing, and lib/functions.ts names it`)
  return asked.filter((name) => !missing.includes(name))
}

function specOf(name: FunctionName): FunctionSpec {
  return functions[name]
}

async function write(name: FunctionName, { code, maps, files }: Bundled, to: { dir: string; mapsDir: string }) {
  await rm(to.mapsDir, { recursive: true, force: true })
  for (const [dir, outputs] of [
    [to.dir, code],
    [to.mapsDir, maps],
  ] as const) {
    for (const [file, contents] of outputs) {
      await mkdir(dirname(join(dir, file)), { recursive: true })
      await writeFile(join(dir, file), contents)
    }
  }
  for (const [source, place] of files) await placeFile(specOf(name), source, join(to.dir, place))
}

/** Of all files, or of those of the function's own code: node_modules are not part of it. */
async function bytesIn(dir: string, extension = ''): Promise<number> {
  let bytes = 0
  for (const entry of await readdir(dir, { recursive: extension === '', withFileTypes: true }))
    if (entry.isFile() && entry.name.endsWith(extension)) bytes += (await stat(join(entry.parentPath, entry.name))).size
  return bytes
}
