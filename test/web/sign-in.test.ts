import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { audit, openPage, startBrowser, whyNoBrowser } from './browser.ts'
import { type FakeApi, fakeApi } from './fake-api.ts'

describe.skipIf(whyNoBrowser !== undefined)('signing in and out', () => {
  let browser: Browser
  let api: FakeApi
  let page: Page
  let problems: string[]

  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    api = await fakeApi(await buildWeb())
  })
  afterEach(async () => {
    await page.context().close()
    await api.close()
    if (problems.length > 0) throw new Error(problems.join('\n'))
  })
  const open = async (path: string, token?: string) => {
    ;({ page, problems } = await openPage(browser, `${api.url}/#${path}`, { token }))
  }
  const heading = (name: string) => page.getByRole('heading', { level: 1, name })

  test('a sign-in link signs in, and its code stays in no address', async () => {
    api.instead(({ path, body }) => {
      if (path !== '/sign-in') return undefined
      return (body as { code: string }).code === 'good' ? { status: 200, body: { token: 'tok' } } : refused
    })
    await open('/sign-in/good')
    await heading('Make a video').waitFor()
    expect(page.url()).toBe(`${api.url}/#/`)
    await page.goBack()
    expect(page.url()).not.toContain('good')
  })

  test('an old link says so and leaves the key as a way in', async () => {
    api.instead(({ path }) => (path === '/sign-in' ? refused : undefined))
    await open('/sign-in/old')
    await page.getByText('does not work any more', { exact: false }).waitFor()
    expect(await audit(page)).toEqual([])
  })

  test('a key that is not known is told at the field; a known one opens the page that was asked for', async () => {
    api.instead(({ path }) => (path === '/v1/catalog' ? refused : undefined))
    await open('/usage')
    await heading('Sign in').waitFor()
    await page.getByLabel('API key').fill('cf_wrong')
    await page.keyboard.press('Enter')
    await page.getByText('This key is not known', { exact: false }).waitFor()
    api.instead(() => undefined)
    await page.getByLabel('API key').fill(' cf_right ')
    await page.keyboard.press('Enter')
    await heading('Sign in').waitFor({ state: 'detached' })
    expect(page.url()).toBe(`${api.url}/#/usage`)
    expect(await page.evaluate(() => localStorage.getItem('clipforge.token'))).toBe('cf_right')
  })

  test('a session that the API ends leads to the sign-in page, and the draft survives', async () => {
    await open('/', 'tok')
    await page.getByRole('textbox', { name: 'Script' }).fill('Not lost.')
    api.instead(() => refused)
    await page.getByText('Your session has ended', { exact: false }).waitFor()
    api.instead(() => undefined)
    await page.getByLabel('API key').fill('cf_right')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByRole('textbox', { name: 'Script' }).inputValue(), soon).toBe('Not lost.')
  })

  test('signing out forgets the key and the draft', async () => {
    await open('/', 'tok')
    await page.getByRole('textbox', { name: 'Script' }).fill('Mine.')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await heading('Sign in').waitFor()
    expect(await page.evaluate(() => ({ ...localStorage }))).toEqual({})
  })

  test('a page is announced: its title, and the focus on its heading', async () => {
    await open('/', 'tok')
    await heading('Make a video').waitFor()
    await page.getByRole('link', { name: 'Library' }).click()
    await expect.poll(() => page.title(), soon).toMatch(/ · ClipForge$/)
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName), soon).toBe('H1')
  })

  test('the colours chosen stay after a reload', async () => {
    await open('/sign-in')
    await page.getByRole('button', { name: /^Colours/ }).click()
    await page.getByRole('button', { name: /^Colours: light/ }).click()
    await page.reload({ waitUntil: 'commit' })
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme']), soon).toBe('dark')
    expect(await audit(page)).toEqual([])
  })
})

/** Both cores may be at work elsewhere. */
const soon = { timeout: 10_000 }
const refused = {
  status: 401,
  body: { type: 'about:blank', title: 'No valid key', status: 401, detail: 'no valid key came', code: 'unauthorized' },
}
