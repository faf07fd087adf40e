// A real browser for the page's tests, and the audit that every state of the page has to pass.
import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { findBrowser } from './find-browser.ts'

const executablePath = findBrowser()

/** Undefined where there is a browser; else the reason that a skipped test is told with. */
export const whyNoBrowser =
  executablePath === undefined
    ? 'there is no Chromium, and only root may install it; set CLIPFORGE_CHROMIUM to one to test the page'
    : undefined

export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--autoplay-policy=no-user-gesture-required',
    ],
  })
}

/** `token`: signed in from the start. `problems`: whatever the console or a script complains of; to be empty at the end. */
export async function openPage(
  browser: Browser,
  url: string,
  { token, ...options }: BrowserContextOptions & { token?: string } = {},
): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  if (token !== undefined)
    await context.addInitScript((value) => {
      // Once: a test may sign out.
      if (sessionStorage.getItem('began') === null) localStorage.setItem('clipforge.token', value)
      sessionStorage.setItem('began', '1')
    }, token)
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    // Answers with an error status are told by the browser itself; the page's part is to cope with them.
    const isAnswer = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isAnswer) problems.push(message.text())
  })
  await page.goto(url)
  return { page, problems }
}

export type Finding = { id: string; impact: string | null | undefined; where: string[] }

/** All that axe finds wrong in the page as it stands. */
export async function audit(page: Page): Promise<Finding[]> {
  // Through the debugger: the page's own policy lets no foreign script in.
  const session = await page.context().newCDPSession(page)
  const expression = `${await axeSource()}; axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map((node) => node.target.join(' ') + ' ' + node.failureSummary) })))`
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
  })
  await session.detach()
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
  return result.value as Finding[]
}

function axeSource(): Promise<string> {
  return readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
}

/** By how many pixels the page is wider than the window. */
export function overflowPx(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}
