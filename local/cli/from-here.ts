import { resolve } from 'node:path'

/** npm runs scripts in the project's folder; INIT_CWD is where the person stands. */
export function fromHere(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path)
}
