// What single fields of a request may hold.
import * as z from 'zod'

/**
 * One line of text: any white space is a single space. `max` counts characters as an editor does, not the halves that
 * emoji have in memory.
 */
export function line(max: number) {
  return z
    .string()
    .check(({ value, issues }) => {
      if (value.length > max && [...value].length > max)
        issues.push({ code: 'too_big', origin: 'string', maximum: max, inclusive: true, input: value })
    })
    .overwrite((text) => text.trim().replaceAll(/\s+/g, ' '))
    .min(1)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'has a control character or half a character in it; delete it')
    .meta({ minLength: 1, maxLength: max, pattern: linePattern })
}

/** As JSON Schema has it: no control characters but white space, and one character that is neither. */
const linePattern = lineWith(
  '[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]',
)

function lineWith(shown: string): string {
  const allowed = '[^\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u009f]*'
  return `^${allowed}${shown}${allowed}$`
}

export const phrase = line(80)

/** BCP 47 in any case and with '_' too; what it is made of has to be a language that exists. */
export const languageTag = z.preprocess(
  (tag) => (typeof tag === 'string' ? canonical(tag) : tag),
  z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, { abort: true, error: "must be a BCP 47 tag such as 'en' or 'pt-BR'" })
    .refine((tag) => languageNames.of(tag.split('-')[0]!), 'is no language we know'),
)
export const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

function canonical(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0] ?? tag
  } catch {
    return tag
  }
}

export function whole(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`
  return z.int({ error }).min(min, error).max(max, error)
}

/** A path on the command line; the key of the upload that was made of it in a video that was created. */
export const file = z.string().min(1).max(1000)

export const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, "must be a colour such as '#ffd23f'")

export function oneOfNumbers<Value extends number>(values: readonly Value[]) {
  return z.literal(values, {
    error: ({ input }) => {
      const away = (value: number) => Math.abs(value - (input as number))
      const meant = typeof input === 'number' && values.toSorted((a, b) => away(a) - away(b))[0]
      return `must be one of ${values.join(', ')}${meant ? `; the nearest is ${meant}` : ''}`
    },
  })
}
