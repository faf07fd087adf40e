import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { audit, openPage, overflowPx, startBrowser, whyNoBrowser } from './browser.ts'
import { type FakeApi, fakeApi } from './fake-api.ts'
import { finished, making } from './videos.ts'

/** Both cores may be at work elsewhere. */
const soon = { timeout: 10_000 }

describe.skipIf(whyNoBrowser !== undefined)('the library', () => {
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

  const idOf = (index: number) => `vid_${String(index).padStart(22, '0')}`
  const titled = (index: number, title: string) =>
    finished({ id: idOf(index), title, createdAt: new Date(Date.UTC(2026, 10, 19, 10, 0, -index)).toISOString() })
  const put = (...videos: ReturnType<typeof finished>[]) => {
    for (const video of videos) api.videos.set(video.id, video)
  }
  const open = async (options: BrowserContextOptions = {}) => {
    ;({ page, problems } = await openPage(browser, `${api.url}/#/videos`, { token: 'key', ...options }))
    await page.getByText('Loading').waitFor({ state: 'hidden' })
  }
  const titles = () => page.locator('.card__title').allTextContents()
  const asked = () =>
    api.asked
      .filter(({ path }) => path.startsWith('/v1/videos?'))
      .map(({ path }) => Object.fromEntries(new URL(path, 'http://x').searchParams))

  test('says what to do where nothing is yet', async () => {
    await open()
    await page.getByRole('heading', { name: 'Your videos will be here' }).waitFor()
    expect(await page.getByRole('link', { name: 'Make the first one' }).getAttribute('href')).toBe('#/')
    expect(await audit(page)).toEqual([])
  })

  test('shows more page by page, newest first, each once', async () => {
    put(...Array.from({ length: 30 }, (_, index) => titled(index, `Video ${index}`)))
    await open()
    await expect.poll(titles, soon).toHaveLength(24)
    expect(await page.locator('.library__count').textContent()).toBe('24 videos so far')
    await page.getByRole('button', { name: 'Show more' }).click()
    await expect.poll(titles, soon).toEqual(Array.from({ length: 30 }, (_, index) => `Video ${index}`))
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0)
  })

  test('is searched by words, state and format, and keeps that while a video is looked at', async () => {
    put(titled(1, 'Sea of stars'), titled(2, 'A goat'))
    await open()
    await page.getByRole('searchbox').fill('sea')
    await expect.poll(titles, soon).toEqual(['Sea of stars'])
    await page.getByLabel('State').selectOption('Ready')
    await page.getByLabel('Format').selectOption('9:16')
    await expect.poll(() => asked().at(-1), soon).toEqual({ limit: '24', q: 'sea', status: 'done', format: '9:16' })
    await page.getByRole('link', { name: 'Sea of stars', exact: true }).click()
    await page.getByRole('heading', { name: 'Storyboard' }).waitFor()
    await page.goBack()
    await expect.poll(() => page.getByRole('searchbox').inputValue(), soon).toBe('sea')
    expect(new URL(page.url()).hash).toBe('#/videos?q=sea&status=done&format=9%3A16')
    await page.reload()
    await expect.poll(titles, soon).toEqual(['Sea of stars'])
    expect(await page.getByLabel('State').inputValue()).toBe('done')
    await page.getByRole('searchbox').fill('zebra')
    await page.getByRole('button', { name: 'Show all videos' }).click()
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName), soon).toBe('H1')
    await expect.poll(titles, soon).toEqual(['Sea of stars', 'A goat'])
    expect(new URL(page.url()).hash).toBe('#/videos')
  })

  test('an error goes away by itself when the connection is there again', async () => {
    put(titled(1, 'One'))
    await open()
    await page.context().setOffline(true)
    await page.getByRole('searchbox').fill('On')
    await page.getByText('ClipForge cannot be reached', { exact: false }).waitFor()
    await page.context().setOffline(false)
    await page.getByText('ClipForge cannot be reached', { exact: false }).waitFor({ state: 'hidden' })
    await expect.poll(titles, soon).toEqual(['One'])
  })

  test('goes on where a part of the list had nothing of what is searched for', async () => {
    api.instead(({ path }) => {
      if (!path.startsWith('/v1/videos?')) return undefined
      return {
        status: 200,
        body: path.includes('cursor=b') ? { videos: [titled(1, 'Far down')] } : { videos: [], next: 'b' },
      }
    })
    await open()
    await expect.poll(titles, soon).toEqual(['Far down'])
  })

  test('what is in the making moves on by itself', async () => {
    put(making({ percent: 12 }))
    await open()
    const bar = page.getByRole('progressbar', { name: 'Progress of The old sea' })
    expect(await bar.getAttribute('aria-valuenow')).toBe('12')
    put(making({ percent: 70 }))
    await expect.poll(() => bar.getAttribute('aria-valuenow'), soon).toBe('70')
    put({ ...finished(), id: making().id })
    await expect.poll(() => bar.count(), soon).toBe(0)
  })

  test('deletes after a question, and only that one', async () => {
    put(titled(1, 'One'), titled(2, 'Two'))
    await open()
    expect(await page.getByRole('link', { name: 'Duplicate One' }).getAttribute('href')).toBe(`#/?from=${idOf(1)}`)
    await page.getByRole('button', { name: 'Delete One' }).click()
    const dialog = page.getByRole('dialog', { name: 'Delete this video?' })
    expect(await dialog.textContent()).toContain('“One”')
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await expect.poll(titles, soon).toEqual(['Two'])
    expect([...api.videos.keys()]).toEqual([idOf(2)])
  })

  test.each([
    ['move', 'no-preference'],
    ['stay still for those who have asked for less motion', 'reduce'],
  ] as const)('cards %s when somebody points at them', async (_, reducedMotion) => {
    put(titled(1, 'One'))
    await open({ reducedMotion })
    const previews = page.locator('img[src*="preview"]')
    await page.locator('.card').hover()
    // What pointing starts is there by the second frame.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
    expect(await previews.count()).toBe(reducedMotion === 'reduce' ? 0 : 1)
  })

  test('everybody can use it', async () => {
    const failed = { id: idOf(3), status: 'failed', links: undefined, posterLink: undefined } as const
    put(
      titled(1, 'A very long title that goes on and on, and a verylongwordthatdoesnotbreakanywhereatall'),
      finished(failed),
      making(),
    )
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [320, 'dark'],
    ] as const) {
      if (width === 320) await page.context().close()
      await open({ viewport: { width, height: 800 }, colorScheme })
      expect(await audit(page)).toEqual([])
      expect(await overflowPx(page)).toBe(0)
    }
  })
})
