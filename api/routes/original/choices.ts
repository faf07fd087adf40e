// What can be chosen, under the names and in the form that the original's clients know.
import { formats, styles } from '../../../core/catalog.ts'
import { scriptCharacters } from '../../../core/script.ts'
import { voices } from '../../../core/voices.ts'

const styleNames = Object.values(styles).map(({ name }) => name)
const voiceDetails = Object.fromEntries(
  Object.entries(voices).map(([id, voice]) => [voice.name, 'elevenLabsId' in voice ? voice.elevenLabsId : id]),
)

export const choices = {
  config: {
    video_formats: Object.keys(formats),
    video_styles: styleNames,
    voice_types: Object.keys(voiceDetails),
    max_script_length: scriptCharacters,
    // As many as a script of usual length gets; its scenes follow its words.
    image_count: 7,
  },
  styles: { styles: styleNames, count: styleNames.length },
  voices: { voices: Object.keys(voiceDetails), voice_details: voiceDetails, count: Object.keys(voiceDetails).length },
  formats: {
    formats: Object.fromEntries(Object.entries(formats).map(([id, { width, height }]) => [id, { width, height }])),
    count: Object.keys(formats).length,
  },
}
