/** What stands in a line, before anybody has looked whether it is a request. */
export type RawItem = { line: number } & ({ raw: unknown } | { error: string })
