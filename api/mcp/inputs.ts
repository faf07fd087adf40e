// What an assistant may say to the tools, in the catalogue's words. Names of choices are shown, and judged by the API
// alone, which also takes 'Comic Noir' for 'comic-noir' and names the nearest to an unknown one.
import * as z from 'zod'
import {
  captionLooks,
  defaultCaptionLook,
  defaultMusic,
  defaultStyle,
  formats,
  musicMoods,
  styles,
} from '../../core/catalog.ts'
import { motionWishes, transitionWishes } from '../../core/editing.ts'
import { defaultPreset, presets } from '../../core/models.ts'
import { defaultQuality, defaultResolution, qualities, resolutions } from '../../core/output.ts'
import { scriptCharacters } from '../../core/script.ts'
import { defaultVoice, voices } from '../../core/voices.ts'
import { videoId } from '../schemas/fields.ts'

const scene = z.strictObject({
  text: z.string().describe('The words said in it. Either every scene has them or none.').optional(),
  prompt: z.string().describe('What its picture shows; without one it follows from the words.').optional(),
})

const sizes = Object.entries(formats).map(([id, { name, width, height }]) => `${id} ${name} ${width}x${height}`)
const manner = (catalogue: Record<string, { description: string }>) =>
  Object.entries(catalogue).map(([id, { description }]) => `${id}: ${description}`)

/** All of a video that an assistant is asked for; the rest has its defaults. */
export const video = {
  script: z
    .string()
    .describe(`The words that are narrated, exactly as they are said; at most ${scriptCharacters} characters.`)
    .optional(),
  topic: z
    .string()
    .describe(
      'Instead of a script: what it is about; a service writes the script. Fails where no such service is set up, so write the script yourself if you can.',
    )
    .optional(),
  scenes: z
    .union([z.int().min(1).max(120), z.array(scene).min(1).max(120)])
    .describe(
      'How many, or each of them in order. With their texts no script is needed. As the script suggests when absent.',
    )
    .optional(),
  title: z.string().describe('At most 120 characters.').optional(),
  category: z.string().optional(),
  format: choice(formats, defaultOf(sizes.join('; '), '9:16')),
  style: choice(styles, defaultOf('Of all pictures.', defaultStyle)),
  voice: choice(voices, defaultOf(manner(voices).join('; '), defaultVoice)),
  language: z.string().describe("BCP 47, such as 'en' or 'pt-BR'; found from the script when absent.").optional(),
  captions: choice(captionLooks, defaultOf(manner(captionLooks).join('; '), defaultCaptionLook)),
  music: choice(musicMoods, defaultOf(manner(musicMoods).join('; '), defaultMusic)),
  transition: choice(transitionWishes, 'How scenes follow each other; as the style has it when absent.'),
  motion: choice(motionWishes, 'Whether pictures move.'),
  keywords: z.array(z.string()).max(30).describe('What the pictures should have in them.').optional(),
  negative_keywords: z.array(z.string()).max(30).describe('What they should not have in them.').optional(),
  title_card: z.boolean().describe('Open with a card that shows the title.').optional(),
  end_card: z.string().describe('A text on a card at the end, at most 120 characters.').optional(),
  resolution: choice(resolutions, defaultOf('Of the shorter side.', defaultResolution)),
  quality: choice(qualities, defaultOf(manner(qualities).join('; '), defaultQuality)),
  preset: choice(presets, defaultOf(`Who does the work. ${manner(presets).join('; ')}`, defaultPreset)),
  max_cost_usd: z
    .number()
    .min(0)
    .max(1000)
    .describe('A cap in US dollars: nothing is bought that could make it dearer.')
    .optional(),
  seed: z.int().min(0).max(0xffff_ffff).describe('The same request and seed make the same video.').optional(),
}

export const ofVideo = { video_id: videoId.describe("As make_video gave it: 'vid_…'.") }

export const ofScene = {
  ...ofVideo,
  scene: z.int().min(1).max(120).describe('Counts from 1; video_status lists the scenes.'),
}

/** `longestSeconds`: so long a connection lasts. */
export function wait(longestSeconds: number) {
  const wait_seconds = z
    .int()
    .min(0)
    .max(longestSeconds)
    .default(0)
    .describe(
      `Answer only when it is over, or after so many seconds, at most ${longestSeconds}; 0 answers at once. Many assistants give a tool up after 60.`,
    )
  return { wait_seconds }
}

function choice(catalogue: object, description: string) {
  return z
    .string()
    .meta({ enum: Object.keys(catalogue), description })
    .optional()
}

function defaultOf(description: string, id: string): string {
  return `${description} (default: ${id})`
}
