import { ServiceError } from '../../core/errors.ts'
import { openaiClient } from './client.ts'
import { brokenAnswer, sortOpenAIError } from './failures.ts'

type Models = { id: string; retiresOn?: string }[]

/**
 * The models that the key can use, and when those that have a date retire; `models` is undefined where a server of one's
 * own lists none. Costs nothing. Throws ServiceError.
 */
export async function probe(signal: AbortSignal): Promise<{ models: Models | undefined; account?: string }> {
  const client = await openaiClient()
  try {
    // The SDK would take a page, or whatever else came, for an empty list.
    const response = await client.models.list({ signal }).asResponse()
    const models = modelsIn(await response.text())
    const account = response.headers.get('openai-organization')
    return account ? { models, account } : { models }
  } catch (error) {
    const hasNoList = (error as { status?: number }).status === 404 && !client.baseURL.includes('api.openai.com')
    if (hasNoList) return { models: undefined }
    throw error instanceof ServiceError ? error : sortOpenAIError(error)
  }
}

function modelsIn(text: string): Models {
  let data: unknown
  try {
    data = (JSON.parse(text) as { data?: unknown } | null)?.data
  } catch (cause) {
    throw brokenAnswer('it is no JSON', [], cause)
  }
  if (!Array.isArray(data)) throw brokenAnswer('it lists no models', [])
  return (data as { id: string; shutdown_date?: string | null }[]).map(({ id, shutdown_date: retiresOn }) =>
    retiresOn ? { id, retiresOn } : { id },
  )
}
