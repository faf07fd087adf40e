import * as z from 'zod'

/** What `cdk deploy --outputs-file` writes: each stack's outputs by their names. */
const Outputs = z.record(z.string(), z.record(z.string(), z.string()))

export type Places = { bucket: string; region: string; apiUrl: string; pageUrl: string }

/** Throws Error that names the output that is missing. */
export function placesIn(text: string): Places {
  const outputs = Object.assign({}, ...Object.values(Outputs.parse(JSON.parse(text)))) as Record<string, string>
  const named = (ending: RegExp, what: string) => {
    const found = Object.entries(outputs).find(([name]) => ending.test(name))
    if (!found) throw new Error(`the outputs name no ${what}; deploy all stacks first`)
    return found[1]
  }
  return {
    bucket: named(/^WebBucket/, 'WebBucket'),
    region: named(/^Region/, 'Region'),
    apiUrl: named(/^Url/, 'Url of the API').replace(/\/$/, ''),
    pageUrl: `https://${named(/^DomainName/, 'DomainName of the page')}`,
  }
}
