// Makes the render container's application in a folder: the bundled entry point and its child process, the native
// addons, the fonts. Run in the image's build stage (render-container/Dockerfile): `node scripts/build-container.ts /out`.
//
// Bundled, it needs no package but the two with native code, and starts without stripping types.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const renderer = join(root, 'render-container')

/** Each is one file behind its package's name; all else of these packages is bundled. The image is for g4dn: x64. */
const addons = ['@seydx/node-av-linux-x64/node-av.node', '@napi-rs/canvas-linux-x64-gnu/skia.linux-x64-gnu.node']
/** Read beside the bundle at run time, by `new URL(name, import.meta.url)`. */
const beside = ['motion/kernel.wasm', 'overlay/overlay.wasm', 'no-system-fonts.conf']

/** Puts /app of the image into `app`, which is emptied first. */
export async function buildContainer(app: string): Promise<void> {
  rmSync(app, { recursive: true, force: true })
  const code = join(app, 'render-container')
  await build({
    absWorkingDir: root,
    entryPoints: ['main.ts', 'worker.ts'].map((name) => join(renderer, name)),
    outdir: code,
    bundle: true,
    splitting: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    legalComments: 'none',
    logLevel: 'warning',
    external: ['@seydx/*', '@napi-rs/canvas-*', './skia.*'],
    // What is CommonJS in the packages wants to require Node's own modules.
    banner: {
      js: "import{createRequire as $$createRequire}from'node:module';const require=$$createRequire(import.meta.url);",
    },
    plugins: [besideTheBundle],
  })
  writeFileSync(join(app, 'package.json'), '{ "type": "module" }\n')
  for (const path of beside) cpSync(join(renderer, path), join(code, basename(path)))
  for (const addon of addons) copyAddon(addon, app)
  cpSync(join(root, 'assets', 'fonts'), join(app, 'assets', 'fonts'), { recursive: true })
  cpSync(join(root, 'THIRD_PARTY_NOTICES.md'), join(app, 'THIRD_PARTY_NOTICES.md'))
}

/** `new URL('worker.ts', import.meta.url)` and the like name files of the sources' folders: here all lie beside the bundle. */
const besideTheBundle: Plugin = {
  name: 'beside-the-bundle',
  setup: (bundling) => {
    bundling.onLoad({ filter: /render-container\/.*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(
        /new URL\('(?<name>[\w-]+)\.ts', import\.meta\.url\)/g,
        "new URL('$<name>.js', import.meta.url)",
      ),
      loader: 'ts',
    }))
  },
}

function copyAddon(addon: string, app: string): void {
  const from = join(root, 'node_modules', addon)
  const to = join(app, 'node_modules', addon)
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to)
  cpSync(join(dirname(from), 'package.json'), join(dirname(to), 'package.json'))
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const out = process.argv[2]
  if (!out) throw new Error('name the folder: node scripts/build-container.ts <folder>')
  await buildContainer(resolve(out))
}
