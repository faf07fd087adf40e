// The art styles of core/catalog.ts, each as a look.
import type { StyleId } from '../../../../core/catalog.ts'
import { drawn } from './drawn.ts'
import { filmed } from './filmed.ts'
import type { Look } from './look.ts'

export const looks: Record<StyleId, Look> = { ...filmed, ...drawn }
