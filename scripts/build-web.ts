// Bundles the page (web/) into dist/web: hashed names, everything compressed beside itself, nothing inline.
import { createHash } from 'node:crypto'
import { copyFile, glob, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build, type BuildOptions } from 'esbuild'

const home = fileURLToPath(new URL('..', import.meta.url))
const source = join(home, 'web')
const target = join(home, 'dist/web')
/** Says what the folder was built from; written last. */
const stampFile = join(home, 'dist/web.json')

/** The folder, up to date: built again only when something of it changed. Two at once do no harm. */
export async function buildWeb(): Promise<string> {
  const stamp = await stampOf()
  const before = await readFile(stampFile, 'utf8').catch(() => '')
  if (before === stamp) return target
  const names = await bundle()
  const page = await readFile(join(source, 'index.html'), 'utf8')
  const files = new Map<string, Buffer>([
    ...names.files,
    ['index.html', Buffer.from(page.replaceAll(/\{\{(.+?)\}\}/g, (_, name: string) => names.hashed(name)))],
    // Beside the page, so that one build serves everywhere: whoever puts the page elsewhere than the API says where.
    ['config.json', Buffer.from('{}\n')],
  ])
  const samples = await copySamples()
  const written = [...files].map(([name, bytes]) => writeWithCompressed(name, bytes))
  const kept = new Set([...samples, ...(await Promise.all(written)).flat()])
  await removeOthers(kept)
  await writeWhole(stampFile, stamp)
  return target
}

const options: BuildOptions = {
  bundle: true,
  minify: true,
  write: false,
  outdir: target,
  entryNames: 'assets/[name]-[hash]',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  target: ['es2022', 'chrome111', 'firefox113', 'safari16.4'],
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
  absWorkingDir: home,
  logLevel: 'warning',
}

async function bundle() {
  const outputs = await Promise.all([
    build({ ...options, entryPoints: [join(source, 'src/main.tsx')], format: 'esm' }),
    build({ ...options, entryPoints: [join(source, 'src/theme-first.ts')], format: 'iife' }),
    build({ ...options, stdin: await allStyles() }),
  ])
  const files = new Map<string, Buffer>()
  for (const { path, contents } of outputs.flatMap(({ outputFiles = [] }) => outputFiles))
    files.set(relative(target, path).replace('stdin-', 'page-'), Buffer.from(contents))
  const icon = await readFile(join(source, 'icon.svg'))
  files.set(`assets/icon-${hashOf(icon).slice(0, 8)}.svg`, icon)
  const hashed = (name: string) => {
    const [stem, extension] = name.split('.')
    const found = [...files.keys()].find((file) => file.startsWith(`assets/${stem}-`) && file.endsWith(`.${extension}`))
    if (!found) throw new Error(`web/index.html names '${name}', which nothing is built as`)
    return found
  }
  return { files, hashed }
}

/** Every style sheet of the page, the order of their layers first. */
async function allStyles(): Promise<BuildOptions['stdin']> {
  const sheets = (await Array.fromAsync(glob('src/**/*.css', { cwd: source }))).toSorted()
  const first = 'src/styles/tokens.css'
  const ordered = [first, ...sheets.filter((sheet) => sheet !== first)]
  return { contents: ordered.map((sheet) => `@import './${sheet}';`).join('\n'), loader: 'css', resolveDir: source }
}

/** What is compressed already stays as it is. */
async function copySamples(): Promise<string[]> {
  const names = await filesBelow(join(source, 'samples'))
  await Promise.all(
    names.map(async (name) => {
      const to = join(target, 'samples', name)
      await mkdir(dirname(to), { recursive: true })
      await copyFile(join(source, 'samples', name), to)
    }),
  )
  return names.map((name) => join('samples', name))
}

const compressed = { gz: promisify(gzip), br: promisify(brotliCompress) }
const levels = { gz: { level: 9 }, br: { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } } }

async function writeWithCompressed(name: string, bytes: Buffer): Promise<string[]> {
  await writeWhole(join(target, name), bytes)
  await writeWhole(join(target, `${name}.gz`), await compressed.gz(bytes, levels.gz))
  await writeWhole(join(target, `${name}.br`), await compressed.br(bytes, levels.br))
  return [name, `${name}.gz`, `${name}.br`]
}

async function writeWhole(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const half = `${path}.${process.pid}`
  await writeFile(half, content)
  await rename(half, path)
}

/** Files of earlier builds, but for the last day's: a server that is running, or a page that is open, may want them. */
async function removeOthers(kept: ReadonlySet<string>): Promise<void> {
  const names = await filesBelow(target)
  await Promise.all(
    names.map(async (name) => {
      const path = join(target, name)
      const isOld = async () => Date.now() - (await stat(path)).mtimeMs > 24 * 60 * 60 * 1000
      if (!kept.has(name) && (await isOld())) await rm(path, { force: true })
    }),
  )
}

async function stampOf(): Promise<string> {
  const names = [
    'package-lock.json',
    'scripts/build-web.ts',
    ...(await filesBelow(source)).map((name) => join('web', name)),
  ]
  const facts = await Promise.all(
    names.toSorted().map(async (name) => {
      const { size, mtimeMs } = await stat(join(home, name))
      return `${name} ${size} ${mtimeMs}`
    }),
  )
  return hashOf(facts.join('\n'))
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}

function hashOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

if (import.meta.main) console.log(await buildWeb())
