import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { audit, openPage, overflowPx, startBrowser, whyNoBrowser } from './browser.ts'
import { type FakeApi, fakeApi } from './fake-api.ts'

const shared = {
  title: 'The old sea',
  format: '9:16',
  durationSeconds: 42,
  createdAt: '2026-11-19T10:00:00.000Z',
  links: { 'video.mp4': '/media/video.mp4?s=1', 'captions.vtt': '/media/captions.vtt?s=1' },
  linksExpireAt: '2027-11-19T10:00:00.000Z',
}

describe.skipIf(whyNoBrowser !== undefined)('a shared video', () => {
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

  test('is watched and taken along by who has no key', async () => {
    api.shares.set('tok_en-1.x', shared)
    for (const [width, format] of [
      [1280, '9:16'],
      [320, '16:9'],
    ] as const) {
      if (width === 320) await page.context().close()
      api.shares.set('tok_en-1.x', { ...shared, format })
      ;({ page, problems } = await openPage(browser, `${api.url}/#/watch/tok_en-1.x`, {
        viewport: { width, height: 800 },
      }))
      await page.getByRole('heading', { name: 'The old sea', level: 1 }).waitFor()
      expect(await page.locator('video').getAttribute('src')).toBe('/media/video.mp4?s=1')
      expect(await page.locator('main').textContent()).toContain('Made with AI by ClipForge')
      const download = page.getByRole('link', { name: 'Download' })
      expect([await download.getAttribute('href'), await download.getAttribute('download')]).toEqual([
        '/media/video.mp4?s=1',
        'video.mp4',
      ])
      expect(await page.getByRole('navigation').count()).toBe(0)
      expect(await audit(page)).toEqual([])
      expect(await overflowPx(page)).toBe(0)
    }
    expect(api.asked.filter(({ hasKey }) => hasKey)).toEqual([])
    expect(new Set(api.asked.map(({ path }) => path))).toEqual(new Set(['/shares/tok_en-1.x']))
  })

  test('that is gone says so', async () => {
    ;({ page, problems } = await openPage(browser, `${api.url}/#/watch/gone`))
    await page.getByRole('heading', { name: 'This video is not shared any more' }).waitFor()
    expect(await page.locator('video').count()).toBe(0)
    expect(await audit(page)).toEqual([])
  })
})
