// A prompt that a picture service refused, said anew so that it is not.
import * as z from 'zod'
import { oneLine } from '../../core/one-line.ts'
import type { SoftenBrief, Softener } from '../../core/ports.ts'
import type { Ask, Question } from './ask.ts'
import { brokenAnswer } from './broken-answer.ts'
import { asData, dataRule, joined } from './data.ts'

/** Throws ServiceError; BrokenAnswerError for a prompt that is empty or the refused one again. */
export function softenerOf(provider: string, model: string, ask: Ask): Softener {
  return {
    provider,
    model,
    request: ({ prompt, text, reason }) => ({ prompt, text, reason }),
    make: async (brief, making) => {
      const answer = await ask(questionOf(brief), making)
      const reason = whyUseless(answer, brief)
      if (reason) throw brokenAnswer('the softer prompt', provider, model, reason)
      return oneLine(answer.prompt, LONGEST_PROMPT)
    },
  }
}

const LONGEST_PROMPT = 600
const LONGEST_REASON = 300

const Answer = z.object({ prompt: z.string() }).meta({ title: 'soften' })
type Answer = z.infer<typeof Answer>

function questionOf(brief: SoftenBrief): Question<Answer> {
  return {
    name: 'soften',
    instructions: joined(
      'A picture service has refused the prompt given. Write one for the same scene that no policy could object to.',
      'Rules:',
      '- Keep the meaning and the mood: hint at it by places, objects, light, weather, distance or what comes after.',
      '- Nothing violent, bloody, sexual, drugged or hateful; no weapon, wound or body; no child near anything grave.',
      '- No real person, not by name and not by description; no brand, no character that somebody owns, no flag or emblem.',
      '- Say what is seen: subject, action, place, viewpoint. At most 60 words of English. No lettering, no style words.',
      '- Do not mention what is left out.',
      dataRule,
    ),
    input: joined(
      asData('refused_prompt', brief.prompt),
      asData('words_of_the_scene', brief.text),
      asData('reason', oneLine(brief.reason, LONGEST_REASON)),
    ),
    schema: Answer,
    maxOutputTokens: 2000,
    check: (answer) => whyUseless(answer, brief),
  }
}

function whyUseless({ prompt }: Answer, refused: SoftenBrief): string | undefined {
  const soft = oneLine(prompt, LONGEST_PROMPT)
  if (!/\p{L}/u.test(soft)) return 'it is empty'
  return soft === oneLine(refused.prompt, LONGEST_PROMPT) ? 'it is the refused prompt again' : undefined
}
