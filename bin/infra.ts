// The CDK's app, as cdk.json says. Reads deploy.json beside package.json, if there is one.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildApp } from '../lib/app.ts'
import { type Config, parseConfig } from '../lib/config.ts'
import { functions } from '../lib/functions.ts'

const root = join(import.meta.dirname, '..')
const lambdasDir = join(root, 'dist/lambdas')

try {
  requireBundles()
  buildApp(loadConfig(), { lambdasDir }).app.synth()
} catch (error) {
  process.exitCode = 1
  console.error(error instanceof Error ? error.message : error)
}

/** @throws Error when the file is no JSON or says something that cannot be */
function loadConfig(path = join(root, 'deploy.json')): Config {
  if (!existsSync(path)) return parseConfig({})
  const text = readFileSync(path, 'utf8')
  try {
    JSON.parse(text)
  } catch (error) {
    throw new Error(`deploy.json is no JSON: ${(error as Error).message}`, { cause: error })
  }
  return parseConfig(JSON.parse(text))
}

function requireBundles(): void {
  const missing = Object.keys(functions).filter((name) => !existsSync(join(lambdasDir, name, 'index.mjs')))
  if (missing.length > 0) throw new Error(`dist/lambdas has no ${missing.join(', ')}: run npm run synth first`)
}
