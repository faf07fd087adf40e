// Whoever works on this machine, as a provider like the others: free, and the same for the same brief.
import type { Billed, Provider } from '../../core/ports.ts'

export type EmbeddedMaker<Brief, Made> = (brief: Brief, signal: AbortSignal) => Promise<Billed<Made>>

/** `load` imports the maker when it is used. `model` counts up when what it makes changes. */
export function embedded<Brief, Made>(
  model: string,
  load: () => Promise<EmbeddedMaker<Brief, Made>>,
): Provider<Brief, Made> {
  const intent = { provider: 'embedded', model, estimateMicroUsd: 0 }
  return {
    provider: 'embedded',
    model,
    request: (brief) => brief,
    make: async (brief, { buy, signal }) => buy(intent, async () => (await load())(brief, signal)),
  }
}
