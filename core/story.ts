// What went otherwise than was asked for, in the words of a notice: who refused or was out of order, who stood in.
import { services, type ServiceId } from './models.ts'
import { assetOf } from './once.ts'
import type { CallRecord } from './ports.ts'

/** One line for each stage and scene in which somebody else than the first had to be asked, or a prompt softened. */
export function noticesOf(calls: CallRecord[]): string[] {
  const groups = Object.values(Object.groupBy(calls, ({ stage, scene }) => `${stage} ${scene}`))
  return groups.flatMap((group = []) => noticeOf(group))
}

function noticeOf(calls: CallRecord[]): string[] {
  const gaveUp = calls.filter((call) => endedBadly(call, calls))
  const made = calls.findLast(({ outcome }) => outcome === 'made')
  if (gaveUp.length === 0 || !made) return []
  const { stage, scene } = made
  const where = scene === undefined ? stage : `scene ${scene + 1}`
  const reasons = [...new Set(gaveUp.map(({ reason }) => reason))]
  return [`${where}: ${reasons.join('; ')}; ${insteadOf(made, calls)}`]
}

/** The last try for its asset brought nothing. */
function endedBadly(call: CallRecord, calls: CallRecord[]): boolean {
  if (!['refused', 'failed', 'lost'].includes(call.outcome ?? '')) return false
  return calls.findLast((other) => assetOf(other) === assetOf(call)) === call
}

function insteadOf({ provider, model }: CallRecord, calls: CallRecord[]): string {
  if (model === 'card-1') return 'a text card is shown instead'
  const softened = calls.some(({ about }) => about === 'to soften the prompt') ? ' with a softened prompt' : ''
  return `${nameOf(provider)} made it${softened}`
}

function nameOf(provider: string): string {
  if (provider === 'embedded') return 'what is embedded'
  return provider in services ? services[provider as ServiceId].name : provider
}
