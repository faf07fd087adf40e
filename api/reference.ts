// /reference: the document as a page for people. Made here, with nothing that has to be fetched or run in the browser.
import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { OpenApi, Operation, Parameter } from './openapi/complete.ts'
import { curlOf } from './reference/curl.ts'
import { referenceCss } from './reference/css.ts'
import { schemaOf, type Shown, sentences, typeOf } from './reference/schema.ts'

type Html = HtmlEscapedString | Promise<HtmlEscapedString>
type Listed = { method: string; path: string; operation: Operation }

export async function referencePage(document: OpenApi): Promise<string> {
  const groups = Object.entries(
    Object.groupBy(operationsOf(document), ({ operation }) => operation.tags?.[0] ?? 'Other'),
  )
  const names = Object.keys(document.components.schemas)
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${document.info.title} API</title>
        <style>
          ${raw(referenceCss)}
        </style>
      </head>
      <body>
        <a class="skip" href="#content">To the content</a>
        <nav aria-label="Contents">
          <p class="brand">${document.info.title} API</p>
          <ul>
            ${groups.map(([tag, listed = []]) => contents(tag, listed))}
            <li><a href="#schemas">Schemas</a></li>
          </ul>
        </nav>
        <main id="content">
          <h1>${document.info.title} API</h1>
          ${sentences(document.info.description)}
          <p>The same for machines: <a href="/openapi.json">/openapi.json</a> (OpenAPI ${document.openapi}).</p>
          ${groups.map(([tag, listed = []]) => group(tag, listed, document))}
          <section aria-labelledby="schemas">
            <h2 id="schemas">Schemas</h2>
            ${names.map((name) => named(name, document))}
          </section>
        </main>
      </body>
    </html>`
  return String(page)
}

/** What a key is for comes first. */
function operationsOf({ paths }: OpenApi): Listed[] {
  const all = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method, path, operation })),
  )
  return all.toSorted((a, b) => Number(b.path.startsWith('/v1/')) - Number(a.path.startsWith('/v1/')))
}

function contents(tag: string, listed: Listed[]): Html {
  return html`<li>
    <a href="#${anchorOf(tag)}">${tag}</a>
    <ul>
      ${listed.map(({ operation }) => html`<li><a href="#${operation.operationId}">${operation.summary}</a></li>`)}
    </ul>
  </li>`
}

function group(tag: string, listed: Listed[], document: OpenApi): Html {
  return html`<section aria-labelledby="${anchorOf(tag)}">
    <h2 id="${anchorOf(tag)}">${tag}</h2>
    ${listed.map((each) => article(each, document))}
  </section>`
}

function article(listed: Listed, document: OpenApi): Html {
  const { method, path, operation: about } = listed
  const { operationId, summary, description, parameters = [], requestBody, responses, security } = about
  const body = Object.values(requestBody?.content ?? {})[0]?.schema
  return html`<article aria-labelledby="${operationId}">
    <h3 id="${operationId}">${summary}</h3>
    <p class="line">
      <code class="method ${method}">${method.toUpperCase()}</code> <code class="path">${path}</code>
      ${security?.length === 0 ? html`<span class="open">no key needed</span>` : ''}
    </p>
    ${description === undefined ? '' : sentences(description)}
    ${parameters.length === 0 ? '' : parameterTable(parameters)}
    ${
      body === undefined
        ? ''
        : html`<h4>Body</h4>
            ${schemaOf(body)}`
    }
    <h4>Answers</h4>
    <dl class="answers">
      ${Object.entries(responses).map(
        ([status, { description: told, content = {} }]) =>
          html`<dt><code>${status}</code></dt>
            <dd>${told} ${answerType(Object.values(content)[0]?.schema)}</dd>`,
      )}
    </dl>
    <h4>Example</h4>
    <pre tabindex="0" role="region" aria-label="Example of ${summary}"><code>${curlOf(listed, document)}</code></pre>
  </article>`
}

function answerType(schema: Shown | undefined): Html | string {
  return schema === undefined ? '' : html`<span class="type">${typeOf(schema)}</span>`
}

function parameterTable(parameters: Parameter[]): Html {
  return html`<h4>Parameters</h4>
    <dl class="fields">
      ${parameters.map(
        ({ name, in: place, required, description, schema }) =>
          html`<dt><code>${name}</code></dt>
            <dd>
              <span class="type">${place}${required ? ', required' : ''}, ${typeOf(schema)}</span>
              ${description ?? schema['description'] ?? ''}
            </dd>`,
      )}
    </dl>`
}

function named(name: string, { components }: OpenApi): Html {
  return html`<article aria-labelledby="schema-${name}">
    <h3 id="schema-${name}">${name}</h3>
    ${schemaOf(components.schemas[name]!)}
  </article>`
}

function anchorOf(tag: string): string {
  return `group-${tag.toLowerCase().replaceAll(/\W+/g, '-')}`
}
