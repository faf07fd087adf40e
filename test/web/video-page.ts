// A browser at the page of a video, and the fake API behind it: anew for every test.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { openPage, startBrowser } from './browser.ts'
import { type FakeApi, fakeApi } from './fake-api.ts'

/** Both cores may be at work elsewhere. */
export const soon = { timeout: 10_000 }
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)
const pictures = ['poster.png', 'preview.png', 'scene-1.png', 'scene-2.png', 'scene-3.png']

export type VideoPage = {
  api: FakeApi
  page: Page
  /** `open` ends when the video is shown, or that there is none. */
  open: (id: string, options?: BrowserContextOptions) => Promise<void>
  sent: (method: string) => { path: string; body: unknown }[]
  button: (name: string | RegExp) => ReturnType<Page['getByRole']>
}

/** To be called where tests are described; what it gives is good within them. */
export function videoPage(): VideoPage {
  let browser: Browser
  let media: string
  let problems: string[] = []
  const at = {
    open: async (id, options = {}) => {
      const opened = await openPage(browser, `${at.api.url}/#/videos/${id}`, { token: 'key', ...options })
      at.page = opened.page
      problems = opened.problems
      await at.page.getByText('Loading the video').waitFor({ state: 'hidden' })
      await at.page.locator('main h1').waitFor()
    },
    sent: (method) => at.api.asked.filter((asked) => asked.method === method).map(({ path, body }) => ({ path, body })),
    button: (name) => at.page.getByRole('button', { name }),
  } as VideoPage

  beforeAll(async () => {
    browser = await startBrowser()
    media = await mkdtemp(join(tmpdir(), 'clipforge-video-'))
    await Promise.all(pictures.map((name) => writeFile(join(media, name), png)))
    await writeFile(join(media, 'captions.vtt'), 'WEBVTT\n\n00:00.000 --> 00:01.000\nThe sea\n')
  })
  afterAll(async () => {
    await browser.close()
    await rm(media, { recursive: true })
  })
  beforeEach(async () => {
    at.api = await fakeApi(await buildWeb(), media)
  })
  afterEach(async () => {
    await at.page.context().close()
    await at.api.close()
    if (problems.length > 0) throw new Error(problems.join('\n'))
  })
  return at
}
