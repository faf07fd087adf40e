// What a user may ask of the services: a preset, and for single roles a service or a model.
import * as z from 'zod'
import { oneOf } from '../choice.ts'
import { presets, type Role } from '../models.ts'
import { line } from './fields.ts'

const qualities = {
  low: { name: 'Low' },
  medium: { name: 'Medium' },
  high: { name: 'High' },
} as const

/** 'auto', 'embedded', a service, a model or 'service/model': which there are is checked when models are chosen. */
const wish = line(200).optional()

export const ModelsRequest = z.strictObject({
  preset: oneOf(presets, 'preset').optional(),
  pictureQuality: oneOf(qualities, 'picture quality').optional(),
  write: wish,
  plan: wish,
  illustrate: wish,
  narrate: wish,
  align: wish,
  score: wish,
} satisfies Record<Role | 'preset' | 'pictureQuality', unknown>)
