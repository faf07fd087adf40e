// What Gemini refuses of a request's body: what its published description forbids, and what its models cannot do.
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import schemas from './schemas/gemini.json' with { type: 'json' }

export type GenerateBody = {
  contents: { parts: { text?: string }[] }[]
  systemInstruction?: { parts: { text?: string }[] }
  generationConfig?: {
    responseModalities?: string[]
    responseMimeType?: string
    responseJsonSchema?: { title?: string }
    imageConfig?: { aspectRatio?: string; imageSize?: string }
    speechConfig?: { voiceConfig?: { prebuiltVoiceConfig: { voiceName: string } } }
    thinkingConfig?: { thinkingBudget?: number; thinkingLevel?: string }
  }
}
export type Makes = 'TEXT' | 'IMAGE' | 'AUDIO'

/** The vendor's words for what is wrong; undefined when nothing is. `makes`: what the model can make. */
export function faultIn(body: unknown, model: string, makes: Makes): string | undefined {
  if (!isValid(body)) return described(isValid.errors?.[0])
  const { generationConfig: config = {}, systemInstruction } = body as GenerateBody
  const modalities = config.responseModalities ?? ['TEXT']
  if (!modalities.includes(makes) || modalities.some((it) => it !== makes && it !== 'TEXT'))
    return `The requested combination of response modalities (${modalities.join(', ')}) is not supported by the model. models/${model} accepts the following combination of response modalities:\n* ${makes}\n`
  if (makes === 'AUDIO' && systemInstruction) return 'Developer instruction is not enabled for this model'
  if (makes !== 'AUDIO' && config.speechConfig) return 'Speech config is not supported by this model'
  if (makes !== 'IMAGE' && config.imageConfig) return 'Image config is not enabled for this model'
  if (config.responseJsonSchema && config.responseMimeType !== 'application/json')
    return "Response schema is only supported with response mime type: 'application/json'"
  if (config.responseMimeType === 'application/json' && makes !== 'TEXT')
    return 'JSON mode is not enabled for this model'
  return thinkingFault(config.thinkingConfig, model, makes)
}

const isValid = new Ajv2020({ strict: false }).compile({ ...schemas.generateContent, $defs: schemas.$defs })

function described(error: ErrorObject | undefined): string {
  const { additionalProperty } = (error?.params ?? {}) as { additionalProperty?: string }
  const where = error?.instancePath.slice(1).replaceAll('/', '.') ?? ''
  if (additionalProperty !== undefined)
    return `Invalid JSON payload received. Unknown name "${additionalProperty}" at '${where}': Cannot find field.`
  return `Invalid value at '${where}': it ${error?.message}`
}

function thinkingFault(
  thinking: { thinkingBudget?: number; thinkingLevel?: string } | undefined,
  model: string,
  makes: Makes,
) {
  if (!thinking) return undefined
  if (makes !== 'TEXT') return 'Thinking is not enabled for this model'
  const isOld = model.startsWith('gemini-2.')
  if (isOld && thinking.thinkingLevel) return 'Thinking level is not supported for this model.'
  return !isOld && thinking.thinkingBudget !== undefined
    ? 'Thinking budget is not supported for this model.'
    : undefined
}
