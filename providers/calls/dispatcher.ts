import { InputError } from '../../core/errors.ts'

/** A body that sends nothing for so long has stopped. */
const bodyTimeoutMs = 20_000

let done: Promise<void> | undefined

/**
 * Makes every `fetch` of the process, an SDK's too, find out about a body that stops, long before the call's deadline,
 * and go through HTTP_PROXY, HTTPS_PROXY and NO_PROXY. How long the headers take is for the deadline. Does it once, but
 * for a timeout of its own. Throws InputError for a proxy that is no URL.
 */
export async function governConnections(timeoutMs?: number): Promise<void> {
  if (!done || timeoutMs !== undefined) done = govern(timeoutMs ?? bodyTimeoutMs)
  await done
}

async function govern(timeoutMs: number): Promise<void> {
  // As a whole: in a bundle, a CommonJS module that is imported on the way has no names of its own.
  const { EnvHttpProxyAgent, setGlobalDispatcher } = (await import('undici')).default
  // This machine's own servers are never behind a proxy.
  const noProxy = [process.env.no_proxy ?? process.env.NO_PROXY ?? '', '127.0.0.1', 'localhost', '[::1]'].join(',')
  try {
    // Per request, too: @google/genai switches the timeout off for each of its own.
    const agent = new EnvHttpProxyAgent({ noProxy }).compose(
      (dispatch) => (options, handler) =>
        dispatch({ ...options, bodyTimeout: options.bodyTimeout || timeoutMs, headersTimeout: 0 }, handler),
    )
    setGlobalDispatcher(agent)
  } catch (cause) {
    // Its value may hold a password.
    throw new InputError('HTTP_PROXY and HTTPS_PROXY must be the URLs of proxies (their values are not shown)', {
      cause,
    })
  }
}
