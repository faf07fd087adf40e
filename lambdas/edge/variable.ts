/** Throws Error: a function without its settings was deployed by something else than our stacks. */
export function variable(name: string, env: NodeJS.ProcessEnv = process.env): string {
  const value = env[name]
  if (value) return value
  throw new Error(`${name} is not set; the stacks in lib/ set it`)
}
