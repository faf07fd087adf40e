import type { StageName } from '../../core/stages.ts'
import { languageName } from '../../core/language.ts'

export function stageLabel(stage: StageName): string {
  return stage
}

/** What a stage's output says to a person, in a few words. */
export function describe(stage: StageName, output: unknown): string {
  return descriptions[stage]?.(output as never) ?? ''
}

const descriptions: Partial<Record<StageName, (output: never) => string>> = {
  write: ({ words, language }: { words: number; language: string }) => `${words} words, ${languageName(language)}`,
  narrate: ({ durationMs }: { durationMs: number }) => `${(durationMs / 1000).toFixed(1)} s`,
  plan: ({ scenes }: { scenes: number[] }) => `${scenes.length} scenes`,
  score: ({ mood }: { mood: string | null }) => mood ?? 'no music',
  assemble: ({ frames }: { frames: number }) => `${frames} frames`,
  publish: () => 'checked',
}
