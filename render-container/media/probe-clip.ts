// Whether a user's clip can be used, for a process that must not load FFmpeg itself: it looks in a child.
import { withPool } from '../pool.ts'
import type { ClipFacts } from './clip-facts.ts'

/** Throws InputError naming the file and what is wrong. Aborted, it throws the signal's reason. */
export function probeClip(path: string, signal = new AbortController().signal): Promise<ClipFacts> {
  return withPool(1, signal, (pool) => pool.run('probeClip', { path }, `the clip ${path}`))
}
