import { createRoute } from '@hono/zod-openapi'
import { json, refusals } from '../answers.ts'
import { catalogOf } from '../catalog.ts'
import { hashOf } from '../../core/hash.ts'
import type { ServiceId } from '../../core/models.ts'
import { usualRates } from '../rates.ts'
import { newRoutes } from '../new-routes.ts'
import type { ApiPorts } from '../ports.ts'
import { Catalog } from '../schemas/house.ts'

const route = createRoute({
  method: 'get',
  path: '/',
  operationId: 'getCatalog',
  tags: ['Catalogue'],
  summary: 'What can be chosen',
  description:
    'Each with a picture, a sound or a moving caption where there is one. Changes with the keys of the services and the day.',
  responses: {
    ...json(200, Catalog, 'All that a request may name.'),
    304: { description: 'As it was: If-None-Match named it.' },
    ...refusals(),
  },
})

export function catalogRoutes(ports: Pick<ApiPorts, 'available' | 'now' | 'rates'>) {
  const made = onceFor(ports)
  return newRoutes().openapi(route, (context) => {
    const { text, tag } = made(ports.available(), ports.now().toISOString().slice(0, 10))
    const headers = { ETag: tag, 'Cache-Control': 'private, max-age=300' }
    const known = context.req
      .header('If-None-Match')
      ?.split(',')
      .map((each) => each.trim().replace(/^W\//, ''))
    if (known?.includes(tag) || known?.includes('*')) return context.body(null, 304, headers)
    // As text, because it was made into one once.
    return context.body(text, 200, { ...headers, 'Content-Type': 'application/json' }) as never
  })
}

/** Made when the services or the day are others than the last time. */
function onceFor({ rates = usualRates }: Pick<ApiPorts, 'rates'>) {
  let last: { of: string; text: string; tag: string } | undefined
  return (available: ServiceId[], today: string) => {
    const of = [...available, today].join(' ')
    if (last?.of !== of) {
      const catalog = catalogOf({ available, today }, rates)
      last = { of, text: JSON.stringify(catalog), tag: `"${hashOf(catalog).slice(0, 32)}"` }
    }
    return last
  }
}
