// Who writes a script, where only a topic is given.
import type { Catalog } from '../../../../api/schemas/house.ts'
import type { Draft } from './draft.ts'

/** Why no script can be written of a topic here, and what to do; undefined = it can. */
export function whyNobodyWrites({ preset, models: chosen }: Draft, { models, services }: Catalog): string | undefined {
  const writers = models.filter(({ roles }) => roles.includes('write'))
  if (!writers.some(({ isAvailable }) => isAvailable)) {
    const ids = new Set(writers.map(({ service }) => service))
    const names = services.filter(({ id }) => ids.has(id)).map(({ name }) => name)
    return `Nobody can write here: that takes a key of ${names.join(' or ')}. Write the script yourself, on the other tab.`
  }
  const wish = chosen['write'] || preset
  return wish === 'embedded'
    ? 'Embedded models write no scripts. Choose another one for “Write” under More options, or write the script yourself.'
    : undefined
}
