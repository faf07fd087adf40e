// What went otherwise than was asked for, in the words of a notice: who refused or was out of order, who stood in.
import { services, type ServiceId } from './models.ts'
import { assetOf } from './once.ts'
import type { CallRecord } from './ports.ts'

/** What calls are about that make something on the way. */
export const softening = 'to soften the prompt'
export const timing = 'to time the words'

/** One line for each stage and scene in which somebody else than the first had to be asked, or a prompt softened. */
export function noticesOf(calls: CallRecord[]): string[] {
  const groups = Object.values(
    Object.groupBy(calls, ({ stage, scene, about }) => `${stage} ${scene} ${about === timing}`),
  )
  return groups.flatMap((group = []) => noticeOf(group))
}

function noticeOf(calls: CallRecord[]): string[] {
  const gaveUp = calls.filter((call) => endedBadly(call, calls))
  const made = calls.findLast(({ outcome, about }) => outcome === 'made' && about !== softening)
  if (gaveUp.length === 0 || !made) return []
  const reasons = [...new Set(gaveUp.map((call) => call.reason ?? `${nameOf(call.provider, call)} never answered`))]
  return [`${placeOf(made)}: ${reasons.join('; ')}; ${insteadOf(made, calls)}`]
}

/** The last try for its asset brought nothing, or nobody knows what: its process died. */
function endedBadly(call: CallRecord, calls: CallRecord[]): boolean {
  const isOpen = call.outcome === undefined && call.settledAt === undefined && call.provider !== 'embedded'
  if (!isOpen && !['refused', 'failed', 'lost'].includes(call.outcome ?? '')) return false
  return calls.findLast((other) => assetOf(other) === assetOf(call)) === call
}

function placeOf({ stage, scene, about }: CallRecord): string {
  if (about === timing) return 'word times'
  return scene === undefined ? stage : `scene ${scene + 1}`
}

function insteadOf({ provider, model, about, stage }: CallRecord, calls: CallRecord[]): string {
  if (model === 'card-1') return 'a text card is shown instead'
  const softened = calls.some((call) => call.about === softening) ? ' with a softened prompt' : ''
  const again = provider === 'embedded' && about !== timing ? '; make --again asks once more' : ''
  return `${nameOf(provider, { stage, about })} ${about === timing ? 'told them' : 'made it'}${softened}${again}`
}

function nameOf(provider: string, { stage, about }: Pick<CallRecord, 'stage' | 'about'>): string {
  if (provider === 'embedded') return embeddedNames[about ?? stage] ?? 'what is embedded'
  return provider in services ? services[provider as ServiceId].name : provider
}

const embeddedNames: Record<string, string> = { [timing]: 'the embedded aligner', narrate: 'the embedded voice' }
