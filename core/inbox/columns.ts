// Which columns a table may have, and what a cell's text is in each.
import { CaptionStyling } from '../request/captions.ts'
import { ModelsRequest } from '../request/models.ts'
import { VideoRequest } from '../video.ts'

/**
 * - text: as it stands there
 * - number, truth, list: read as such; what is none stays a text, so that the schema complains about it by name
 * - data: JSON where it starts like it, else read as a number or true or false, else a text
 */
type Kind = 'text' | 'number' | 'truth' | 'list' | 'data'

const kinds: Partial<Record<keyof VideoRequest, Kind>> = {
  keywords: 'list',
  negativeKeywords: 'list',
  fps: 'number',
  seed: 'number',
  maxCostUsd: 'number',
  soundEffects: 'truth',
  hls: 'truth',
  titleCard: 'truth',
  scenes: 'data',
  captions: 'data',
  progressBar: 'data',
  models: 'data',
}

/** By the column's name: the request's fields, and the parts of those that have parts. */
export const columns: Record<string, Kind> = {
  ...Object.fromEntries(
    Object.keys(VideoRequest.shape).map((field) => [field, kinds[field as keyof VideoRequest] ?? 'text']),
  ),
  ...partsOf('captions', CaptionStyling.shape, { upperCase: 'truth', emphasis: 'list' }),
  ...partsOf('models', ModelsRequest.shape, {}),
}

export function valueOf(column: string, cell: string): unknown {
  return readers[columns[column] ?? 'text'](cell)
}

/** Values by their columns as one request: 'models.preset' goes into its 'models'. */
export function placed(values: [column: string, value: unknown][]): Record<string, unknown> {
  const request: Record<string, unknown> = {}
  const wholeFirst = values.toSorted(([a], [b]) => Number(a.includes('.')) - Number(b.includes('.')))
  for (const [column, value] of wholeFirst) {
    const [field = '', part] = column.split('.')
    request[field] = part === undefined ? value : { ...objectIn(request[field], field), [part]: value }
  }
  return request
}

const readers: Record<Kind, (cell: string) => unknown> = {
  text: (cell) => cell,
  number,
  truth,
  list: (cell) => (typeof truth(cell) === 'boolean' ? truth(cell) : listed(cell)),
  data: (cell) => (/^\s*[[{]/.test(cell) ? json(cell) : typeof truth(cell) === 'boolean' ? truth(cell) : number(cell)),
}

function partsOf(field: string, shape: object, kindByPart: Record<string, Kind>): Record<string, Kind> {
  return Object.fromEntries(Object.keys(shape).map((part) => [`${field}.${part}`, kindByPart[part] ?? 'text']))
}

/** A look beside its parts is one of them. */
function objectIn(value: unknown, field: string): object {
  if (typeof value === 'object' && value !== null) return value
  return typeof value === 'string' && field === 'captions' ? { look: value } : {}
}

function number(cell: string): unknown {
  return /^[+-]?\d+(\.\d+)?$/.test(cell.trim()) ? Number(cell) : cell.trim()
}

function truth(cell: string): unknown {
  const word = cell.trim().toLowerCase()
  if (word === 'true' || word === 'yes') return true
  return word === 'false' || word === 'no' ? false : cell.trim()
}

function listed(cell: string): string[] {
  return cell.split(/[;,|]/).flatMap((entry) => entry.trim() || [])
}

function json(cell: string): unknown {
  try {
    return JSON.parse(cell)
  } catch {
    return cell
  }
}
