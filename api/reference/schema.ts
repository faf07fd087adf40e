// A JSON schema as people read it: what kind of thing, which fields, which limits.
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { JsonSchema } from '../schemas/video-request.ts'

export type Shown = JsonSchema
type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** Paragraphs, with what stands between ` as code. */
export function sentences(text: string): Html[] {
  return text.split('\n\n').map((paragraph) => html`<p>${inline(paragraph)}</p>`)
}

export function schemaOf(schema: Shown): Html {
  const { description, properties, required = [], anyOf, allOf } = schema
  const several = (anyOf ?? allOf) as Shown[] | undefined
  const isPlain = properties === undefined && several === undefined
  return html`${typeof description === 'string' ? sentences(description) : ''}
  ${isPlain ? html`<p class="type">${typeOf(schema)}</p>` : ''}
  ${
    several === undefined
      ? ''
      : html`<p>${anyOf ? 'One of these:' : 'All of these together:'}</p>
          <ul>
            ${several.map((part) => html`<li>${isNamed(part) ? typeOf(part) : schemaOf(part)}</li>`)}
          </ul>`
  }
  ${properties === undefined ? '' : fields(properties as Record<string, Shown>, required as string[])}`
}

/** In a few words, with the names of schemas as links. */
export function typeOf(schema: Shown): Html {
  const { $ref, type, enum: values, const: value, anyOf, allOf, items } = schema
  if (typeof $ref === 'string') {
    const name = $ref.split('/').at(-1)!
    return html`<a href="#schema-${name}">${name}</a>`
  }
  if (Array.isArray(values)) return html`${joined(values.map((each) => html`<code>${each}</code>`))}`
  if (value !== undefined) return html`<code>${JSON.stringify(value)}</code>`
  const several = (anyOf ?? allOf) as Shown[] | undefined
  if (several) return html`${joined(several.map(typeOf))}`
  const limits = limitsOf(schema)
  if (type === 'array' && items) return html`list of ${typeOf(items as Shown)}${limits}`
  return html`${kindOf(type)}${limits}`
}

function kindOf(type: unknown): string {
  if (Array.isArray(type)) return type.join(' or ')
  return typeof type === 'string' ? type : 'anything'
}

function isNamed(schema: Shown): boolean {
  return typeof schema['$ref'] === 'string'
}

function joined(parts: Html[]): Html[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [html`, `, part]))
}

function fields(properties: Record<string, Shown>, required: string[]): Html {
  return html`<dl class="fields">
    ${Object.entries(properties).map(
      ([name, schema]) =>
        html`<dt><code>${name}</code></dt>
          <dd>
            <span class="type">${required.includes(name) ? 'required, ' : ''}${typeOf(schema)}</span>
            ${'default' in schema ? html`<span class="type">usually <code>${JSON.stringify(schema['default'])}</code></span>` : ''}
            ${typeof schema['description'] === 'string' ? inline(schema['description']) : ''}
          </dd>`,
    )}
  </dl>`
}

const limits: Record<string, (value: unknown) => string> = {
  format: (value) => String(value),
  minimum: (value) => `from ${String(value)}`,
  maximum: (value) => `to ${String(value)}`,
  maxLength: (value) => `at most ${String(value)} characters`,
  maxItems: (value) => `at most ${String(value)}`,
}

function limitsOf(schema: Shown): string {
  const told = Object.entries(limits).flatMap(([name, say]) => (name in schema ? [say(schema[name])] : []))
  return told.length === 0 ? '' : ` (${told.join(' ')})`
}

function inline(text: string): (Html | string)[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))
}
