// Chooses who does what. Today the embedded defaults do all of it; each loads only when it is used.
import type { Providers } from '../core/stage.ts'

export const embedded: Providers = {
  planner: {
    provider: 'embedded',
    model: 'plan-1',
    make: async (...call) => (await import('./offline/plan.ts')).plan(...call),
  },
  narrator: {
    provider: 'embedded',
    model: 'flite-1',
    make: async (...call) => (await import('./offline/voice/narrate.ts')).narrate(...call),
  },
  illustrator: {
    provider: 'embedded',
    model: 'scenes-1',
    make: async (...call) => (await import('./offline/pictures/illustrate.ts')).illustrate(...call),
  },
  musician: {
    provider: 'embedded',
    model: 'synth-1',
    make: async (...call) => (await import('./offline/music/score.ts')).score(...call),
  },
}
