// Values that fit a JSON schema, as far as our document makes use of it.
import * as fc from 'fast-check'
import type { JsonSchema } from '../../api/schemas/video-request.ts'

type Named = Record<string, JsonSchema>

export function anyOf(schema: JsonSchema, named: Named): fc.Arbitrary<unknown> {
  const { $ref, anyOf: several, allOf, enum: values, const: value, type } = schema
  if (typeof $ref === 'string') return anyOf(named[$ref.split('/').at(-1)!]!, named)
  if (Array.isArray(several)) return fc.oneof(...(several as JsonSchema[]).map((part) => anyOf(part, named)))
  if (Array.isArray(allOf)) throw new Error(`nobody here makes values for ${JSON.stringify(schema)}`)
  if (Array.isArray(values)) return fc.constantFrom(...(values as unknown[]))
  if (value !== undefined) return fc.constant(value)
  const make = makers[String(type)]
  if (!make) throw new Error(`nobody here makes values for ${JSON.stringify(schema)}`)
  return make(schema, named)
}

const makers: Record<string, (schema: JsonSchema, named: Named) => fc.Arbitrary<unknown>> = {
  boolean: () => fc.boolean(),
  integer: ({ minimum = -1000, maximum = 1000 }) => fc.integer({ min: Number(minimum), max: Number(maximum) }),
  number: ({ minimum = -1000, maximum = 1000 }) =>
    fc
      .double({ min: Number(minimum), max: Number(maximum), noNaN: true })
      .map((number) => (Object.is(number, -0) ? 0 : number)),
  string: textOf,
  array: ({ items = {}, minItems = 0, maxItems = 5 }, named) =>
    fc.array(anyOf(items as JsonSchema, named), {
      minLength: Number(minItems),
      maxLength: Math.min(5, Number(maxItems)),
    }),
  object: ({ properties = {}, required = [], minProperties = 0 }, named) =>
    fc
      .record(
        Object.fromEntries(Object.entries(properties as Named).map(([name, inner]) => [name, anyOf(inner, named)])),
        { requiredKeys: required as string[] },
      )
      .filter((made) => Object.keys(made).length >= Number(minProperties)),
}

function textOf({ pattern, minLength = 0, maxLength = 200 }: JsonSchema): fc.Arbitrary<string> {
  const fits = (text: string) => [...text].length >= Number(minLength) && [...text].length <= Number(maxLength)
  if (typeof pattern !== 'string') return fc.string({ unit: 'grapheme' }).filter(fits)
  // Of what no generator follows: conditions on what comes later.
  if (pattern.includes('(?!')) return fc.constantFrom('https://example.com/hook', 'https://a-b.example.org:8443/?x=1')
  const matching = fc.stringMatching(new RegExp(pattern))
  // Whatever stands around a match fits too, where the pattern does not say where it begins and ends.
  return (
    pattern.startsWith('^')
      ? matching
      : fc
          .tuple(fc.string({ unit: 'grapheme' }), matching, fc.string({ unit: 'binary' }))
          .map((parts) => parts.join(''))
  ).filter(fits)
}
