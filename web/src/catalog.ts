// What there is to choose from; asked for once a session.
import { effect, signal } from '@preact/signals'
import type { Catalog } from '../../api/schemas/house.ts'
import { ApiError, get } from './api.ts'
import { isLost } from './connection.ts'
import { token } from './session.ts'

export const catalog = signal<Catalog | undefined>(undefined)
export const catalogError = signal<ApiError | undefined>(undefined)

export async function loadCatalog(): Promise<void> {
  catalogError.value = undefined
  try {
    catalog.value = await get<Catalog>('/v1/catalog')
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    catalogError.value = error
  }
}

effect(() => {
  if (token.value === undefined) catalog.value = undefined
  else void loadCatalog()
})

effect(() => {
  if (!isLost.value && catalogError.peek()?.problem.status === 0) void loadCatalog()
})

type Listed = { id: string; name: string }

/** What people call it: nameOf('styles', 'comic-noir') is 'Comic Noir'; the id where the catalogue is not there yet. */
export function nameOf(list: 'formats' | 'styles' | 'voices' | 'captionLooks' | 'music', id: string): string {
  return catalog.value?.[list].find((entry: Listed) => entry.id === id)?.name ?? id
}
