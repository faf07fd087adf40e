// Reads a Dockerfile as far as ours goes: no ARG, no heredoc, no escape but the backslash at a line's end.

export type Instruction = { name: string; args: string }
export type BuildStage = { from: string; as: string | undefined; instructions: Instruction[] }

export function parseDockerfile(text: string): BuildStage[] {
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
  const stages: BuildStage[] = []
  for (const line of lines) {
    const [, name, args] = /^(\w+)\s+(.*)$/.exec(line) as unknown as [string, string, string]
    const from = name === 'FROM' && /^(\S+)(?: AS (\S+))?$/.exec(args)
    if (from) stages.push({ from: from[1]!, as: from[2], instructions: [] })
    else stages.at(-1)!.instructions.push({ name, args })
  }
  return stages
}

/** `KEY=value "quoted value"` pairs, as ENV and LABEL have them. */
export function pairsOf(args: string): Record<string, string> {
  const pairs = [...args.matchAll(/(?<key>[\w.]+)=(?:"(?<quoted>[^"]*)"|(?<plain>\S+))/g)]
  return Object.fromEntries(pairs.map(({ groups }) => [groups!['key'], groups!['quoted'] ?? groups!['plain']!]))
}
