// What is wrong with a change is told by the names of a whole request's fields; whoever sent the change knows its own.
import { InputError } from '../../../core/errors.ts'

type Terms = (line: string) => string

/** The body of a change is one scene: 'scenes.2.clipPlay' is its 'clipPlay', and all texts together are too long by its 'text'. */
export const changeTerms: Terms = (line) => line.replace(/^scenes\.\d+\./, '').replace(/^scenes: /, 'text: ')

/** A variant brings no more of its scenes than their texts. */
export const variantTerms: Terms = (line) =>
  line.replace(/^scenes\.(\d+)\.text\b/, 'texts.$1').replace(/^scenes: /, 'texts: ')

/** Throws what `work` throws, each line of it by the body's own names. */
export async function inBodysTerms<Made>(terms: Terms, work: () => Promise<Made>): Promise<Made> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const lines = error.lines?.map(terms)
    throw new InputError(error.message.split('; ').map(terms).join('; '), { cause: error, ...(lines && { lines }) })
  }
}
