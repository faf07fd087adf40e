import { InputError } from '../errors.ts'

/** The file's text without the mark that some editors put at its start. Throws InputError unless it is UTF-8. */
export function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new InputError('it is UTF-16 text; save it as UTF-8')
  const text = decoded(bytes)
  // UTF-16 without its mark reads as text full of zeros.
  if (text.includes('\0')) throw new InputError('it has zero bytes, so it is UTF-16 or no text; save it as UTF-8')
  if (text.trim() === '') throw new InputError('it is empty; write at least one request')
  return text
}

function decoded(bytes: Uint8Array): string {
  try {
    // Leaves out the mark too (WHATWG Encoding, "UTF-8 decode").
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new InputError('it is not UTF-8 text; save it as UTF-8', { cause: error })
  }
}
