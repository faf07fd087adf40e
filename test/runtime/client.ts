// AWS's own runtime interface client, the program that runs a Node.js Lambda. It comes as C++ sources, so it is no
// dependency: it is built once (about a minute), in a folder of its own, where there are the tools for it.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const version = '4.0.2'
const folder = fileURLToPath(new URL('../../node_modules/.natives/runtime-client', import.meta.url))
export const runtimeClient = join(folder, 'node_modules/aws-lambda-ric/index.mjs')

const tools = ['cmake', 'make', 'c++', 'tar', 'xz']

/** Undefined when it is there now, else why it is not. */
export async function installRuntimeClient(): Promise<string | undefined> {
  if (existsSync(runtimeClient)) return undefined
  const missing = tools.find((tool) => spawnSync(tool, ['--version']).status !== 0)
  if (process.platform !== 'linux' || missing !== undefined)
    return `AWS's runtime client is built on Linux with ${tools.join(', ')}; ${missing ?? 'Linux'} is not here`
  console.error(`Building aws-lambda-ric ${version}, the runtime client of Lambda: about a minute, once …`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private": true}\n')
  const said = await npmInstall()
  if (said === '' && existsSync(runtimeClient)) return undefined
  rmSync(folder, { recursive: true, force: true })
  return `aws-lambda-ric could not be built: ${said}`
}

/** What went wrong; '' when nothing did. */
async function npmInstall(): Promise<string> {
  // The one thing of all tests that fetches something: what keeps them from it is not handed on.
  const { NODE_OPTIONS: _guard, ...env } = process.env
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error', `aws-lambda-ric@${version}`]
  const npm = spawn('npm', args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] })
  const said: Buffer[] = []
  npm.stderr.on('data', (chunk: Buffer) => said.push(chunk))
  const { promise, resolve } = Promise.withResolvers<string>()
  npm.once('error', (error) => resolve(error.message))
  npm.once('exit', (code) => resolve(code === 0 ? '' : Buffer.concat(said).toString().trim().slice(-500) || `${code}`))
  return promise
}
