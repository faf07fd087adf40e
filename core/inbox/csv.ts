// A table of requests. The header names fields of a request, or a field's own part ('models.preset', 'captions.look').
import { parse } from 'csv-parse/sync'
import { InputError } from '../errors.ts'
import { clip } from '../explain.ts'
import { nearest } from '../nearest.ts'
import { columns, placed, valueOf } from './columns.ts'
import type { RawItem } from './item.ts'
import { inboxLimits } from './limits.ts'

type Row = { line: number; cells: string[] }

/** More lines than any script has: how far a cell in double quotes is looked for. */
const longestRowLines = 500

/** Throws InputError when the header cannot be used. */
export function readCsv(text: string): RawItem[] {
  const [header, ...others] = rowsOf(text)
  if (!header || 'error' in header) {
    throw new InputError(`it has no header row such as 'title,script,style'${header ? `: ${header.error}` : ''}`)
  }
  const fields = fieldsOf(header.cells)
  return others.map((row) => ('error' in row ? row : itemOf(row, fields)))
}

/**
 * Row by row, because a parser that meets a stray quote takes all that follows for one cell: here it spoils its own row
 * and no other. Rows without anything in them are left out.
 */
function rowsOf(text: string): (Row | { line: number; error: string })[] {
  const lines = text.split(/\r\n|[\n\r]/)
  const delimiter = delimiterOf(lines)
  const isOdd = lines.map((line) => (line.split('"').length - 1) % 2 === 1)
  const rows: (Row | { line: number; error: string })[] = []
  const blank = new RegExp(`^[\\s${delimiter}]*$`)
  // The header is one more.
  for (let first = 0; first < lines.length && rows.length <= inboxLimits.items + 1;) {
    if (blank.test(lines[first]!)) {
      first++
      continue
    }
    const last = lastLineOf(first, isOdd)
    const cells = last === undefined ? undefined : cellsOf(lines.slice(first, last + 1).join('\n'), delimiter)
    if (!cells) rows.push({ line: first + 1, error: strayQuote })
    else if (cells.some((cell) => cell.trim() !== '')) rows.push({ line: first + 1, cells })
    first = (cells ? last! : first) + 1
  }
  return rows
}

const strayQuote =
  'its double quotes do not pair up; put the whole cell in double quotes and write every quote within it twice'

/** A row goes on while a quote is open; undefined when that is never closed. */
function lastLineOf(first: number, isOdd: boolean[]): number | undefined {
  if (!isOdd[first]) return first
  const after = isOdd.slice(first + 1, first + longestRowLines).indexOf(true)
  return after === -1 ? undefined : first + 1 + after
}

function cellsOf(row: string, delimiter: string): string[] | undefined {
  try {
    const rows = parse(row, { delimiter, relax_column_count: true, skip_empty_lines: true })
    return rows.length > 1 ? undefined : (rows[0] ?? [])
  } catch {
    return undefined
  }
}

/** Spreadsheets of many countries put semicolons between cells, and copied tables tabs. */
function delimiterOf(lines: string[]): string {
  const header = lines.find((line) => line.trim() !== '') ?? ''
  const count = (delimiter: string) => header.split(delimiter).length
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0]!
}

/** Of each column the field that it stands for. */
function fieldsOf(header: string[]): string[] {
  const fieldByName = new Map(Object.keys(columns).map((field) => [plain(field), field]))
  const fields = header.map((name) => {
    const field = fieldByName.get(plain(name))
    if (field !== undefined) return field
    if (name.trim() === '') throw new InputError('a column has no name in the header row; name its field or delete it')
    const meant = fieldByName.get(nearest(plain(clip(name)), [...fieldByName.keys()]))
    throw new InputError(`column '${clip(name)}': no such field; the nearest is '${meant}'`)
  })
  const twice = fields.find((field, index) => fields.indexOf(field) !== index)
  if (twice !== undefined) throw new InputError(`column '${twice}': stands there twice; delete one`)
  return fields
}

/** In any case, with spaces, '-' or '_' between the words or nothing: 'Max cost USD' is maxCostUsd. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]+/g, '')
}

function itemOf({ line, cells }: Row, fields: string[]): RawItem {
  const more = cells.slice(fields.length).filter((cell) => cell.trim() !== '')
  if (more.length > 0) {
    const found = `it has ${cells.length} cells and the header ${fields.length}`
    return { line, error: `${found}; put a cell with a comma in it in double quotes` }
  }
  const given = fields.flatMap((field, column): [string, unknown][] => {
    const cell = cells[column] ?? ''
    return cell.trim() === '' ? [] : [[field, valueOf(field, cell)]]
  })
  return { line, raw: placed(given) }
}
