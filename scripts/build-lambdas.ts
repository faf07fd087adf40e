// Bundles the Lambdas for the deployment: dist/lambdas/<name>/index.mjs and what it carries.
//   node scripts/build-lambdas.ts [name …] [--all] [--arch arm64|host] [--out dist/lambdas]
import { parseArgs } from 'node:util'
import { type FunctionName, functions } from '../lib/functions.ts'
import { buildLambdas, type Built } from './build-lambdas/build.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Fails when the code of one is missing: what the deployment wants. */
    all: { type: 'boolean', default: false },
    /** arm64 is what the functions run on; host is this machine, for tests. */
    arch: { type: 'string', default: 'arm64' },
    out: { type: 'string', default: 'dist/lambdas' },
  },
})
const unknown = positionals.find((name) => !Object.hasOwn(functions, name))
if (unknown !== undefined) fail(`${unknown}: no such function; there are ${Object.keys(functions).join(', ')}`)
if (values.arch !== 'arm64' && values.arch !== 'host') fail(`--arch: must be arm64 or host, not '${values.arch}'`)

try {
  const built = await buildLambdas({
    names: positionals as FunctionName[],
    mustBeAll: values.all,
    arch: values.arch,
    outDir: values.out,
  })
  process.stdout.write(tableOf(built))
} catch (error) {
  fail(error instanceof Error ? error.message : String(error))
}

function tableOf(built: Built[]): string {
  const rows = built.map(({ name, bundleBytes, unzippedBytes }) => [
    name.padEnd(14),
    `${(bundleBytes / 1000).toFixed(0)} kB`.padStart(12),
    `${(unzippedBytes / 1e6).toFixed(1)} MB`.padStart(12),
  ])
  const head = ['function'.padEnd(14), 'code'.padStart(12), 'unzipped'.padStart(12)]
  return [head, ...rows].map((cells) => `${cells.join('')}\n`).join('')
}

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}
