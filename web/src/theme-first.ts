// Runs before the first paint, so that a dark page does not flash up light. A script of its own: nothing is inline.
import { kept } from './kept.ts'

const chosen = kept('clipforge.theme')
if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset['theme'] = chosen
