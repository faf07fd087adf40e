import { expect, test } from 'vitest'
import { voices, type VoiceId } from '../../../../core/voices.ts'
import { deliveryOf } from '../../../../providers/offline/voice/deliveries.ts'

const ids = Object.keys(voices) as VoiceId[]

test('every catalogue voice has a delivery of its own, within what a person could be', () => {
  const deliveries = ids.map(deliveryOf)
  expect(new Set(deliveries.map((delivery) => JSON.stringify(delivery))).size).toBe(ids.length)
  for (const { durationFactor, pitchFactor } of deliveries) {
    expect(Math.abs(durationFactor - 1)).toBeLessThanOrEqual(0.15)
    expect(Math.abs(pitchFactor - 1)).toBeLessThanOrEqual(0.081)
  }
})

test('a woman is spoken by the female speaker', () => {
  const women = ids.filter((id) => voices[id].gender === 'female')
  expect(new Set(women.map((id) => deliveryOf(id).speaker))).toEqual(new Set(['slt']))
})

test('an unknown voice is the default voice', () => {
  expect(deliveryOf('toString')).toEqual(deliveryOf('clara'))
})
