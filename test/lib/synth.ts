// Apps for tests: made of nothing but the sources, without network, Docker or an account.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseConfig, settingsOf, type RawConfig } from '../../lib/config.ts'
import { functions } from '../../lib/functions.ts'

// CDK's own validation costs every test file seconds; nag.test.ts runs it once. Read when the library is loaded.
process.env.CDK_VALIDATION ??= 'false'
const { App } = await import('aws-cdk-lib')
const { Template } = await import('aws-cdk-lib/assertions')
type Stack = import('aws-cdk-lib').Stack

const temporaryDirs: string[] = []
const tidy = () => temporaryDirs.forEach((dir) => rmSync(dir, { recursive: true, force: true }))
// A test's process is ended before it could do anything at its exit.
if (process.env.VITEST) (await import('vitest')).afterAll(tidy)
else process.once('exit', tidy)

const repository = join(import.meta.dirname, '../..')
/** What a project's cdk.json switches on; a bare App knows none of it. */
const context = (JSON.parse(readFileSync(join(repository, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> })
  .context

/** A folder with a bundle of one line for each function. */
function stubLambdas(): string {
  const dir = temporaryDir('lambdas')
  for (const name of Object.keys(functions)) {
    mkdirSync(join(dir, name))
    writeFileSync(join(dir, name, 'index.mjs'), 'export const handler = async () => ({})\n')
  }
  return dir
}

/** An empty app and what the constructor of every stack takes, for tests of a single one. */
export function emptyApp(overrides: RawConfig = {}) {
  const config = parseConfig(overrides)
  const outdir = temporaryDir('cdk')
  const app = new App({ context, outdir, analyticsReporting: false })
  return { app, config, settings: settingsOf(config), env: { region: config.region }, lambdasDir: stubLambdas() }
}

/** The whole app, as bin/infra.ts makes it. */
export async function testApp(overrides: RawConfig = {}, options: { nag?: boolean } = {}) {
  const { buildApp } = await import('../../lib/app.ts')
  const outdir = temporaryDir('cdk')
  return buildApp(parseConfig(overrides), { lambdasDir: stubLambdas(), outdir, context, ...options })
}

/** The template of a stack without what changes with every change of a file: names of assets, the workflow document. */
export function maskedTemplate(stack: Stack): unknown {
  const text = JSON.stringify(Template.fromStack(stack).toJSON(), (name, value: unknown) =>
    name === 'DefinitionString' ? '[workflow/video.asl.json]' : value,
  )
  return JSON.parse(text.replaceAll(/\b[0-9a-f]{64}\b/g, '[asset]'))
}

function temporaryDir(name: string): string {
  const dir = mkdtempSync(join(tmpdir(), `clipforge-${name}-`))
  temporaryDirs.push(dir)
  return dir
}
