// Carries the Dockerfile's steps out on this machine, without Docker: the build stage's commands with their folders
// moved below a temporary one, and the image as the root of a process.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildStage, pairsOf, parseDockerfile } from './dockerfile.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const tools = ['chroot', 'unshare', 'mount', 'apt-get', 'dpkg-deb', 'strip', 'install']

/** The build context, by the entries of .dockerignore ('*', then what is not ignored). */
export function contextPaths(): string[] {
  const lines = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n')
  return lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1))
}

export function ourDockerfile(): [build: BuildStage, image: BuildStage] {
  return parseDockerfile(readFileSync(join(root, 'render-container/Dockerfile'), 'utf8')) as [BuildStage, BuildStage]
}

/** Undefined when this machine can do all of it. */
export function whyNotHere(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `the image is linux/amd64, this is ${process.platform}/${process.arch}`
  if (process.getuid!() !== 0) return 'another root for a process needs the root user'
  if (!existsSync('/etc/debian_version')) return 'its packages are Debian’s'
  for (const tool of tools) if (!succeeds('sh', ['-c', `command -v ${tool}`])) return `there is no ${tool}`
  if (!succeeds('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'])) return 'nothing can be mounted here'
  if (!succeeds('sh', ['-c', 'cd "$(mktemp -d)" && apt-get download libgcc-s1']))
    return 'apt-get downloads nothing here'
  return undefined
}

/**
 * Runs the build stage below `dir` and gives the image's root folder. Two steps are not run: what `npm ci` installs is
 * this project's own node_modules, and the lists of packages are those that this machine has.
 */
export function buildImage(dir: string): string {
  const [{ instructions }] = ourDockerfile()
  const moved = (text: string) => text.replaceAll(/(?<![\w./])\/(?=(?:image|debs|src)\b)/g, `${dir}/`)
  const notRun = ['npm ci --ignore-scripts', 'apt-get update']
  const path = `${join(root, 'node_modules/node/bin')}:${process.env['PATH']}`
  let cwd = dir
  for (const { name, args } of instructions) {
    if (name === 'WORKDIR') mkdirSync((cwd = moved(args)), { recursive: true })
    else if (name === 'COPY') copyContext(cwd)
    else if (name === 'RUN' && !notRun.includes(args))
      execFileSync('sh', ['-c', moved(args)], { cwd, stdio: 'pipe', env: { ...process.env, PATH: path } })
  }
  return join(dir, 'image')
}

/** Runs the image's entry point as its user, with everything read-only but its volumes, as the job definitions say. */
export function runImage(image: string, args: string[], environment: Record<string, string>): ChildProcess {
  const settings = imageSettings()
  const volumes = settings.volumes.map((path) => `mount -t tmpfs -o mode=1777 tmpfs "$root${path}"`)
  const script = [
    'set -e; root=$1; shift',
    'mount --bind "$root" "$root"; mount -t proc proc "$root/proc"; mount --rbind /dev "$root/dev"',
    ...volumes,
    'mount -o remount,bind,ro "$root"',
    `exec "$@"`,
  ].join('\n')
  const variables = Object.entries({ ...settings.environment, ...environment }).map(([key, value]) => `${key}=${value}`)
  const entry = [`--userspec=${settings.user}`, image, ...settings.entryPoint, ...args]
  return spawn('unshare', ['--mount', 'sh', '-c', script, 'sh', image, 'env', '-i', ...variables, chroot(), ...entry])
}

export function imageSettings() {
  const [, { instructions }] = ourDockerfile()
  const argsOf = (name: string) => instructions.find((instruction) => instruction.name === name)!.args
  return {
    user: argsOf('USER'),
    entryPoint: JSON.parse(argsOf('ENTRYPOINT')) as string[],
    volumes: JSON.parse(argsOf('VOLUME')) as string[],
    environment: pairsOf(argsOf('ENV')),
  }
}

export function megabytesOf(dir: string): number {
  return Math.round(
    Number(execFileSync('du', ['-s', '--apparent-size', '-B', '1', dir]).toString().split('\t')[0]) / 1e6,
  )
}

function copyContext(to: string) {
  for (const path of contextPaths())
    cpSync(join(root, path), join(to, path), { recursive: true, filter: (from) => !from.includes('node_modules') })
  if (!existsSync(join(to, 'node_modules'))) symlinkSync(join(root, 'node_modules'), join(to, 'node_modules'))
}

function chroot(): string {
  return execFileSync('sh', ['-c', 'command -v chroot']).toString().trim()
}

function succeeds(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
