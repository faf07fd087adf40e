// For `clipforge doctor`: is the key good, and which models does it reach? Costs nothing.
import { geminiClient } from './client.ts'
import { sortGeminiError } from './failures.ts'

/** The most that the service gives at once. */
const pageSize = 1000

/** Throws ServiceError. */
export async function probe(signal: AbortSignal): Promise<{ models: { id: string }[]; account?: string }> {
  try {
    const client = await geminiClient()
    const models: { id: string }[] = []
    for await (const { name } of await client.models.list({ config: { pageSize, abortSignal: signal } }))
      if (name) models.push({ id: name.replace(/^models\//, '') })
    return { models }
  } catch (error) {
    throw sortGeminiError(error)
  }
}
