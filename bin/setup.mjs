// Installs what is missing, then runs the rest of its command line on Node 24 with node_modules/.bin in front.
// Plain JavaScript without a dependency: it is the one file that runs before anything is installed, on Node 18 or newer.
//   node bin/setup.mjs vitest run
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const marker = join(root, 'node_modules', '.clipforge-installed')
const lock = join(root, '.setup-lock')

if (!isInstalled()) await install()
run(process.argv.slice(2))

/** The marker holds the hash of what was installed, so a changed lock file installs again and nothing else does. */
function isInstalled() {
  return existsSync(marker) && readFileSync(marker, 'utf8') === wanted() && existsSync(join(bin, 'node'))
}

function wanted() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`)
  for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

async function install() {
  takeLock()
  try {
    if (isInstalled()) return
    const startedAt = Date.now()
    say('Installing Node 24, FFmpeg and everything else from the npm registry (about 1.1 GB, once) …')
    // node-av carries FFmpeg inside; its own install step would only fetch the command-line tool, which nothing here uses.
    const env = { ...process.env, SKIP_FFMPEG: 'true' }
    const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32',
    })
    // When this process is killed, npm goes on, and nobody else may begin before it has ended.
    if (npm.pid !== undefined) writeFileSync(lock, `${process.pid} ${npm.pid}`)
    await ended(npm)
    spawnSync(join(bin, 'node'), [join(root, 'scripts', 'fetch-natives.ts')], { cwd: root, stdio: 'inherit' })
    writeFileSync(marker, wanted())
    say(`Installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`)
  } finally {
    rmSync(lock, { force: true })
  }
}

/** Two commands at once in a fresh clone: one installs, the other waits. The lock names its processes; dead ones' is void. */
function takeLock() {
  for (let waited = false; ; waited = true) {
    try {
      return writeFileSync(lock, String(process.pid), { flag: 'wx' })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (!holders().some(isAlive)) rmSync(lock, { force: true })
    else if (!waited) say('Another process is installing; waiting for it …')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
  }
}

/** 0, this process's own group, while the other one is still writing its number. */
function holders() {
  try {
    return readFileSync(lock, 'utf8').split(' ').map(Number)
  } catch {
    return [0]
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Ends this process when npm did not do it. */
async function ended(npm) {
  let words = ''
  npm.stderr.on('data', (chunk) => (words += chunk))
  const [code, reason = ''] = await new Promise((resolve) => {
    npm.on('error', (error) => resolve([1, `: ${error.message}`]))
    npm.on('close', (status) => resolve([status]))
  })
  if (code === 0) return
  rmSync(lock, { force: true })
  process.stderr.write(words)
  console.error(`npm ci failed${reason}. Is the npm registry reachable, and is there 2 GB of free disk?`)
  process.exit(1)
}

function run([command, ...args]) {
  if (!command) return
  const env = {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    CLIPFORGE_STARTED_BY: String(process.pid),
  }
  const child = spawn(command, args, { cwd: root, env, stdio: 'inherit', shell: process.platform === 'win32' })
  // The terminal signals the whole group; this process only waits, so that the child decides how to end.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  whenNpmIsGone(() => child.kill('SIGTERM'))
  child.on('error', (error) => {
    console.error(`${command}: ${error.message}`)
    process.exit(127)
  })
  child.on('exit', (code, signal) => {
    if (signal) process.removeAllListeners(signal)
    if (signal) process.kill(process.pid, signal)
    else process.exit(code ?? 1)
  })
}

/** Killed, npm passes nothing on, and what it started would go on for good. Between the two stands a shell. */
function whenNpmIsGone(end) {
  const npm = process.env.npm_lifecycle_event ? parentOf(process.ppid) : undefined
  if (npm === undefined) return
  setInterval(() => parentOf(process.ppid) === npm || end(), 500).unref()
}

/** Undefined where the system does not say (Linux: field 4 of stat). */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

function say(line) {
  console.error(line)
}
