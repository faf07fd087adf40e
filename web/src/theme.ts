// Light, dark, or as the device has it. `theme-first.ts` applies what was kept before anything is painted.
import { effect, signal } from '@preact/signals'
import { keep, kept } from './kept.ts'

export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const theme = signal<Theme>(themes.find((known) => known === kept('clipforge.theme')) ?? 'auto')

effect(() => {
  const chosen = theme.value
  if (chosen === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = chosen
  keep('clipforge.theme', chosen === 'auto' ? undefined : chosen)
})
