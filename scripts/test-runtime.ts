// Runs every bundled Lambda in AWS's own runtime interface client (test/runtime). That has to be compiled, so it is
// installed only for who asks for it, once, outside package.json; from then on `npm test` uses it, too.
//   node scripts/test-runtime.ts
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const version = '4.0.2'
const folder = fileURLToPath(new URL('../node_modules/.natives/runtime-client', import.meta.url))
/** Where the client is, once it is installed. */
export const clientEntry = join(folder, 'node_modules/aws-lambda-ric/index.mjs')

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = existsSync(clientEntry) || install() ? run('vitest', ['run', 'test/runtime']) : 1
}

/** Gives false, and says what it needs, when it cannot be built. */
function install(): boolean {
  console.error(`Installing aws-lambda-ric ${version}, which is compiled here: one to five minutes, once …`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private": true}\n')
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error', `aws-lambda-ric@${version}`]
  if (run('npm', args, folder) === 0 && existsSync(clientEntry)) return true
  rmSync(folder, { recursive: true, force: true })
  console.error('aws-lambda-ric could not be built: it needs Linux with cmake, make, a C++ compiler, tar and xz')
  return false
}

function run(command: string, args: string[], cwd?: string): number {
  return spawnSync(command, args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' }).status ?? 1
}
