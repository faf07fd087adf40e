import { fileURLToPath } from 'node:url'
import { fromHere } from './from-here.ts'

export function homeDir(): string {
  const chosen = process.env.CLIPFORGE_HOME
  return chosen ? fromHere(chosen) : fileURLToPath(new URL('../../.clipforge', import.meta.url))
}
