import { setImmediate } from 'node:timers/promises'
import { createRoute } from '@hono/zod-openapi'
import { type Days, type Usage as Used, usageOf } from '../../core/usage.ts'
import { json, refusals } from '../answers.ts'
import { newRoutes } from '../new-routes.ts'
import type { ApiPorts } from '../ports.ts'
import { Usage, UsageQuery } from '../schemas/house.ts'

const mostDays = 366
const dayMs = 86_400_000

const route = createRoute({
  method: 'get',
  path: '/',
  operationId: 'getUsage',
  tags: ['Usage'],
  summary: 'What your videos came to',
  description: [
    'Days in UTC, both included; without them this month, with one of them the rest of its month.',
    `The answer says which days it is of: given the wrong way round they are turned, and of more than ${mostDays} the last ones count.`,
    'A video counts on the day on which it was asked for, with all that the services charged for it since.',
    'What is deleted is not counted any more: what its calls cost is deleted with it.',
  ].join(' '),
  request: { query: UsageQuery },
  responses: { ...json(200, Usage, 'What they came to.'), ...refusals(422) },
})

export function usageRoutes(ports: Pick<ApiPorts, 'videos' | 'now'>) {
  const { videos } = ports
  const breathing: Pick<ApiPorts['videos'], 'list' | 'calls'> = {
    // A store in the same process answers without a pause: between two pages other requests have their turn.
    list: async (...page) => {
      await setImmediate()
      return videos.list(...page)
    },
    calls: (id) => videos.calls(id),
  }
  return newRoutes().openapi(route, async (context) => {
    const days = daysOf(context.req.valid('query'), ports.now())
    return context.json(viewOf(await usageOf(breathing, context.get('caller').owner, days)), 200)
  })
}

function daysOf(query: Partial<Days>, now: Date): Days {
  const day = query.from ?? query.to ?? now.toISOString().slice(0, 10)
  const { from = `${day.slice(0, 8)}01`, to = lastOfMonth(day) } = query
  const [first, last] = from <= to ? [from, to] : [to, from]
  const earliestMs = Date.parse(last) - (mostDays - 1) * dayMs
  // Before the year 0 there are no days as we write them.
  const earliest = earliestMs < Date.parse('0000-01-01') ? first : new Date(earliestMs).toISOString().slice(0, 10)
  return { from: first > earliest ? first : earliest, to: last }
}

/** Day 0 of the next month. */
function lastOfMonth(day: string): string {
  const last = new Date(Date.parse(day))
  last.setUTCMonth(last.getUTCMonth() + 1, 0)
  return `${day.slice(0, 8)}${String(last.getUTCDate()).padStart(2, '0')}`
}

function viewOf({ from, to, totalMicroUsd, durationMs, videos, byDay, byService }: Used): Usage {
  return {
    from,
    to,
    currency: 'USD',
    totalUsd: totalMicroUsd / 1e6,
    seconds: durationMs / 1000,
    videos,
    byDay: byDay.map(({ date, videos: count, costMicroUsd }) => ({
      date,
      videos: count,
      costUsd: costMicroUsd / 1e6,
    })),
    byService: byService.map(({ costMicroUsd, ...used }) => ({ ...used, costUsd: costMicroUsd / 1e6 })),
  }
}
