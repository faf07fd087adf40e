import type { StageName } from '../../core/stages.ts'
import { languageName } from '../../core/language.ts'

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** What a stage's output says to a person, in a few words. */
export function describe(stage: StageName, output: unknown): string {
  return descriptions[stage]?.(output as never) ?? ''
}

const descriptions: Partial<Record<StageName, (output: never) => string>> = {
  write: ({ words, language }: { words: number; language: string }) =>
    `${counted(words, 'word')}, ${languageName(language)}`,
  narrate: ({ durationMs }: { durationMs: number }) => `${(durationMs / 1000).toFixed(1)} s`,
  plan: ({ scenes }: { scenes: number[] }) => counted(scenes.length, 'scene'),
  score: ({ mood }: { mood: string | null }) => mood ?? 'no music',
  assemble: ({ frames }: { frames: number }) => counted(frames, 'frame'),
  publish: () => 'checked',
}
