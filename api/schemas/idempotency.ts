import { z } from '@hono/zod-openapi'

export const idempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[!-~]{1,200}$/, 'must be 1 to 200 printable ASCII characters without spaces')
    .optional()
    .openapi({
      description: 'Of your own choice, anew for each video: however often the request is sent, one video is made.',
    }),
})
