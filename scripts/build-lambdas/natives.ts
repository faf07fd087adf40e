// Native code for the processor that the functions run on, which is seldom this machine's.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Carried } from '../../lib/functions.ts'
import { root } from './root.ts'

/** Where the package that holds the native code is unpacked. */
export type Natives = Partial<Record<'canvas' | 'ffmpeg', { name: string; dir: string }>>

/** By processor, as Node calls it. Lambda's Linux has the GNU C library. */
const packages = {
  canvas: (cpu: string) => `@napi-rs/canvas-linux-${cpu}-gnu`,
  ffmpeg: (cpu: string) => `@seydx/node-av-linux-${cpu}`,
}
const cache = join(root, 'node_modules/.natives')
const run = promisify(execFile)

/**
 * 'host': those that are installed. 'arm64': fetched once from the npm registry, in the versions and with the hashes of
 * package-lock.json, and kept in node_modules/.natives. Throws Error when that fails.
 */
export async function nativePackages(carries: readonly Carried[], arch: 'arm64' | 'host'): Promise<Natives> {
  const natives: Natives = {}
  for (const what of ['canvas', 'ffmpeg'] as const) {
    if (!carries.includes(what)) continue
    const name = packages[what](arch === 'host' ? process.arch : arch)
    const installed = join(root, 'node_modules', name)
    natives[what] = { name, dir: existsSync(installed) ? installed : await fetched(name) }
  }
  return natives
}

type Lock = { packages: Record<string, { version: string; integrity?: string } | undefined> }

async function fetched(name: string): Promise<string> {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as Lock
  const locked = lock.packages[`node_modules/${name}`]
  if (locked?.integrity === undefined) throw new Error(`${name}: package-lock.json has no such package with its hash`)
  const { version, integrity } = locked
  const dir = join(cache, `${name.replaceAll('/', '+')}-${version}`)
  if (existsSync(dir)) return dir
  console.error(`Fetching ${name} ${version} from the npm registry (once) …`)
  const partial = `${dir}.${process.pid}`
  try {
    await mkdir(partial, { recursive: true })
    const archive = join(partial, await pack(`${name}@${version}`, partial))
    await check(archive, { name, integrity })
    await run('tar', ['-xzf', archive, '-C', partial])
    // npm's archives hold one folder of this name.
    await rename(join(partial, 'package'), dir)
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
  return dir
}

/** Without a network npm would try for minutes. */
const soon = ['--fetch-retries=1', '--fetch-retry-maxtimeout=5000', '--fetch-timeout=60000']

/** Gives the name of the archive that it wrote. */
async function pack(spec: string, to: string): Promise<string> {
  // A configured folder of its own would only have npm say that it is unknown there.
  const { stdout } = await run('npm', ['pack', spec, '--silent', '--pack-destination', to, ...soon], {
    shell: process.platform === 'win32',
  }).catch((error: unknown) => {
    const why =
      error instanceof Error ? error.message.split('\n').find((line) => /code E|ENOTFOUND|40\d/.test(line)) : ''
    throw new Error(`${spec} could not be fetched${why ? ` (${why.trim()})` : ''}; is the npm registry reachable?`)
  })
  return stdout.trim().split('\n').at(-1)!
}

async function check(archive: string, { name, integrity }: { name: string; integrity: string }): Promise<void> {
  const [algorithm = '', wanted] = integrity.split(/-(.*)/s)
  const found = createHash(algorithm)
    .update(await readFile(archive))
    .digest('base64')
  if (found !== wanted) throw new Error(`${name}: what came is not what package-lock.json names (${algorithm})`)
}
