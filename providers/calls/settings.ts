import { InputError } from '../../core/errors.ts'

type Rule = { wholeNumber: boolean; atLeast: number; atMost: number }

/** A number from the environment; undefined when the variable is not set or empty. Throws InputError. */
export function numberFrom(variable: string, { wholeNumber, atLeast, atMost }: Rule): number | undefined {
  const text = process.env[variable]?.trim()
  if (!text) return undefined
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN
  if (value >= atLeast && value <= atMost && (!wholeNumber || Number.isInteger(value))) return value
  const kind = wholeNumber ? 'a whole number' : 'a number'
  throw new InputError(`${variable} must be ${kind} from ${atLeast} to ${atMost}, not '${text}'`)
}

/** The upper bound of every deadline, in milliseconds: CLIPFORGE_CALL_TIMEOUT_SECONDS. Throws InputError. */
export function longestCallMs(): number {
  const seconds = numberFrom('CLIPFORGE_CALL_TIMEOUT_SECONDS', { wholeNumber: false, atLeast: 0.1, atMost: 3600 })
  return seconds === undefined ? Infinity : seconds * 1000
}
