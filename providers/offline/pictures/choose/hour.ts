// The time of day that the words name, or one that suits the place.
import type { BackdropName } from '../backdrops/all.ts'
import { backdrops } from '../backdrops/all.ts'
import type { TimeOfDay } from '../light/time.ts'

// English, Spanish, German, French, Portuguese, Italian, Russian, Japanese, Chinese, Hindi, Arabic.
const named: [TimeOfDay, RegExp][] = [
  ['neon', /\b(neon|cyber\w*)\b/i],
  [
    'night',
    /\b(night|nights|midnight|moon|moonlight|stars|starry|dark|darkness|sleep\w*|slept|noche|nacht|nuit|noite|notte)\b|ноч|夜|晚上|रात|ليل/i,
  ],
  [
    'dawn',
    /\b(morning|dawn|sunrise|early|begin\w*|began|wake|woke|amanecer|mañana|morgen|matin|aube|manhã|alba|mattina)\b|утр|朝|早晨|早上|सुबह|صباح/i,
  ],
  [
    'dusk',
    /\b(evening|dusk|sunset|twilight|atardecer|abend|soir|entardecer|tramonto|sera)\b|вечер|夕|傍晚|黄昏|शाम|مساء/i,
  ],
  [
    'storm',
    /\b(storm\w*|hurricane|thunder\w*|tempest|crisis|tormenta|sturm|tempête|tempestade|tempesta)\b|бур|嵐|风暴|तूफ़ान|عاصفة/i,
  ],
  [
    'frost',
    /\b(winter|snow\w*|frozen|ice|icy|invierno|nieve|schnee|hiver|neige|inverno|neve)\b|зим|снег|冬|雪|सर्दी|شتاء/i,
  ],
  ['day', /\b(noon|midday|daytime|sunny|summer|verano|sommer|été|verão|estate)\b|лет[оа]|昼|夏|गर्मी|صيف/i],
]

/** Never the hour of the picture before if the place knows another; `turn` chooses among equals. */
export function hourOf(text: string, place: BackdropName, before: TimeOfDay | undefined, turn: number): TimeOfDay {
  const { times } = backdrops[place] as { times: readonly TimeOfDay[] }
  const said = named.find(([, pattern]) => pattern.test(text))?.[0]
  if (said && (times.includes(said) || (times.length > 3 && said !== 'neon'))) return said
  // The dark hours and neon only where they are the place's own first choice or asked for.
  const likely = times.slice(0, 3)
  const others = likely.filter((time) => time !== before)
  const list = others.length > 0 ? others : likely
  return list[turn % list.length]!
}
