// What OpenAI refuses of a request's body: what its published description forbids, and what its models cannot do.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import schemas from './schemas/openai.json' with { type: 'json' }

/** The vendor's own words for what is wrong; undefined when nothing is. */
export function faultIn(path: string, body: unknown): BodyFault | undefined {
  const operation = operations[path]
  if (!operation) return undefined
  const valid = validatorOf(operation.schema)
  if (!valid(body)) return described(valid)
  return operation.rules(body as Record<string, unknown>)
}

type BodyFault = { message: string; param?: string | null; code?: string }
type Operation = {
  schema: Exclude<keyof typeof schemas, '$defs'>
  rules: (body: Record<string, unknown>) => BodyFault | undefined
}

const operations: Record<string, Operation> = {
  '/v1/chat/completions': { schema: 'chat', rules: chatFault },
  '/v1/images/generations': { schema: 'images', rules: pictureFault },
  '/v1/audio/speech': { schema: 'speech', rules: speechFault },
  '/v1/audio/transcriptions': { schema: 'transcriptions', rules: transcriptionFault },
}

const ajv = new Ajv2020({ strict: false, verbose: true })
const validators = new Map<string, ValidateFunction>()

function validatorOf(name: Operation['schema']): ValidateFunction {
  const validator = validators.get(name) ?? ajv.compile({ ...schemas[name], $defs: schemas.$defs })
  validators.set(name, validator)
  return validator
}

function described({ errors }: ValidateFunction): BodyFault {
  const [first] = errors ?? []
  const { missingProperty, additionalProperty } = (first?.params ?? {}) as Record<string, string>
  const param = first?.instancePath.slice(1).replaceAll('/', '.') || null
  if (missingProperty !== undefined)
    return {
      message: `Missing required parameter: '${missingProperty}'.`,
      param: missingProperty,
      code: 'missing_required_parameter',
    }
  if (additionalProperty !== undefined)
    return {
      message: `Unknown parameter: '${additionalProperty}'.`,
      param: additionalProperty,
      code: 'unknown_parameter',
    }
  if (first?.keyword === 'maxLength')
    return {
      message: `Invalid '${param}': string too long. Expected a string with maximum length ${String(first.schema)}.`,
      param,
      code: 'string_above_max_length',
    }
  return { message: `Invalid value for '${param}': it ${first?.message}.`, param, code: 'invalid_value' }
}

function chatFault({ max_tokens, temperature, response_format }: Record<string, unknown>): BodyFault | undefined {
  if (max_tokens !== undefined)
    return {
      message:
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      param: 'max_tokens',
      code: 'unsupported_parameter',
    }
  if (temperature !== undefined && temperature !== 1)
    return {
      message: `Unsupported value: 'temperature' does not support ${JSON.stringify(temperature)} with this model. Only the default (1) value is supported.`,
      param: 'temperature',
      code: 'unsupported_value',
    }
  const { json_schema: format } = (response_format ?? {}) as { json_schema?: JsonFormat }
  if (!format?.strict) return undefined
  const reason = looseIn(format.schema, 'object')
  if (reason === undefined) return undefined
  return {
    message: `Invalid schema for response_format '${format.name}': ${reason}`,
    param: 'response_format',
    code: 'invalid_json_schema',
  }
}
type JsonFormat = { name: string; strict?: boolean; schema: unknown }

/** Strict schemas: every object closed, every property required. */
function looseIn(schema: unknown, mustBe?: string): string | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined
  const { type, properties, required, additionalProperties } = schema as Record<string, unknown>
  if (mustBe !== undefined && type !== mustBe) return `schema must be a JSON Schema of 'type: "${mustBe}"'.`
  if (type === 'object') {
    if (additionalProperties !== false) return "'additionalProperties' is required to be supplied and to be false."
    const missing = Object.keys(properties ?? {}).find((name) => !(required as string[] | undefined)?.includes(name))
    if (missing !== undefined)
      return `'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`
  }
  return Object.values(schema)
    .map((part) => looseIn(part))
    .find((reason) => reason !== undefined)
}

function pictureFault({ model, size = 'auto', output_format = 'png', output_compression }: Record<string, unknown>) {
  if (output_compression !== undefined && output_format === 'png')
    return {
      message: 'Compression less than 100 is not supported for PNG output format',
      param: 'output_compression',
      code: 'invalid_value',
    }
  if (output_format === 'gif' || output_format === 'svg')
    return { message: `This stand-in draws no ${output_format}.`, param: 'output_format', code: 'invalid_value' }
  const isFree = /^gpt-image-2(?:\.5-|-|$)/.test(String(model))
  const reason = isFree ? freeSizeFault(String(size)) : classicSizes.has(String(size)) ? undefined : 'is not supported'
  if (reason === undefined) return undefined
  return {
    message: `Invalid value: '${String(size)}' ${reason}. Supported values are: '1024x1024', '1024x1536', '1536x1024', and 'auto'.`,
    param: 'size',
    code: 'invalid_value',
  }
}
const classicSizes = new Set(['auto', '1024x1024', '1024x1536', '1536x1024'])

function freeSizeFault(size: string): string | undefined {
  if (size === 'auto') return undefined
  const [width = 0, height = 0] = size.split('x').map(Number)
  if (width % 16 || height % 16) return 'has an edge that 16 does not divide'
  if (Math.max(width / height, height / width) > 3) return 'is longer than 3:1'
  return width * height > 3840 * 2160 || Math.max(width, height) > 3840 ? 'is too large' : undefined
}

function speechFault({ model, response_format = 'mp3' }: Record<string, unknown>): BodyFault | undefined {
  if (['mp3', 'wav', 'pcm'].includes(String(response_format))) return undefined
  return {
    message: `This stand-in for ${String(model)} speaks no ${String(response_format)}.`,
    param: 'response_format',
  }
}

function transcriptionFault({ file, response_format, ...rest }: Record<string, unknown>): BodyFault | undefined {
  if (!(file instanceof Uint8Array) || file.length === 0)
    return { message: 'Audio file might be corrupted or unsupported', param: 'file', code: 'invalid_value' }
  if (rest['timestamp_granularities[]'] !== undefined && response_format !== 'verbose_json')
    return {
      message: 'timestamp_granularities requires response_format verbose_json',
      param: 'timestamp_granularities',
      code: 'invalid_value',
    }
  return undefined
}
