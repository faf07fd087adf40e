import { expect, test } from 'vitest'
import { roles } from './roles.ts'
import { making, standIn } from './standing-in.ts'

process.env.NODE_OPTIONS += ` --import=${new URL('impatient.ts', import.meta.url).href}`
const { start } = standIn()

test.each(Object.entries(roles))('a body that stops is noticed long before the deadline (%s)', async (_role, role) => {
  const { fail } = await start()
  fail({ kind: 'stall' })
  const ports = making()
  await role.make(ports)
  expect(ports.bought.map((it) => it.error)).toEqual(['TransientError', undefined])
})
