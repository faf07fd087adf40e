import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Usage, WebhookDelivery } from '../../api/schemas/house.ts'
import { buildWeb } from '../../scripts/build-web.ts'
import { exactMoney } from '../../web/src/format.ts'
import { daysBetween, lastMonths, roundTop } from '../../web/src/pages/usage/months.ts'
import { audit, openPage, overflowPx, startBrowser, whyNoBrowser } from './browser.ts'
import { type FakeApi, fakeApi } from './fake-api.ts'

/** Both cores may be at work elsewhere. */
const soon = { timeout: 10_000 }
const now = new Date('2026-03-31T23:30:00Z')
const march = Usage.parse({
  from: '2026-03-01',
  to: '2026-03-31',
  currency: 'USD',
  totalUsd: 3.5,
  seconds: 95,
  videos: { made: 5, failed: 1, cancelled: 0, unfinished: 2 },
  byDay: [
    { date: '2026-03-02', videos: 2, costUsd: 1 },
    { date: '2026-03-30', videos: 6, costUsd: 2.5 },
  ],
  byService: [{ service: 'openai', calls: 12, costUsd: 3.5, units: { images: 1, tokens: 1200.4 } }],
})

test('months are those of the API, in UTC, over the year', () => {
  expect(lastMonths(now, 3)).toEqual([
    { id: '2026-03', name: 'March 2026', from: '2026-03-01', to: '2026-03-31' },
    { id: '2026-02', name: 'February 2026', from: '2026-02-01', to: '2026-02-28' },
    { id: '2026-01', name: 'January 2026', from: '2026-01-01', to: '2026-01-31' },
  ])
  expect(lastMonths(now, 4)[3]).toMatchObject({ from: '2025-12-01', to: '2025-12-31' })
  expect(daysBetween('2028-02-01', '2028-02-29')).toHaveLength(29)
  expect(daysBetween('2026-03-28', '2026-03-30')).toEqual(['2026-03-28', '2026-03-29', '2026-03-30'])
})

test('what stands at a scale is told exactly', () => {
  expect([0.05, 0.025].map((usd) => exactMoney(usd, 0.025))).toEqual(['$0.050', '$0.025'])
  expect([3, 1.5].map((usd) => exactMoney(usd, 1.5))).toEqual(['$3.00', '$1.50'])
})

test('a scale ends at a round number that is not below the most', () => {
  expect([0, 0.0042, 0.3, 1, 2.15, 7, 99, 100].map(roundTop)).toEqual([1, 0.005, 0.3, 1, 2.5, 8, 100, 100])
})

describe.skipIf(whyNoBrowser !== undefined)('usage and keys', () => {
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
    const made = { createdAt: '2026-03-01T10:00:00.000Z' }
    api.keys.push(
      { id: 'key_a', name: 'Mine', space: 'shared', isThis: true, ...made },
      { id: 'key_b', name: 'Team', space: 'own', isThis: false, ...made },
      { id: 'key_c', name: 'Robot', space: 'shared', isThis: false, ...made },
    )
  })
  afterEach(async () => {
    await page.context().close()
    await api.close()
    if (problems.length > 0) throw new Error(problems.join('\n'))
  })

  const open = async (options: BrowserContextOptions = {}) => {
    ;({ page, problems } = await openPage(browser, `${api.url}/#/`, { token: 'key', ...options }))
    await page.clock.setFixedTime(now)
    await page.goto(`${api.url}/#/usage`)
    await page.locator('.keys__key').first().waitFor()
    await page.getByText('Adding up').waitFor({ state: 'hidden' })
  }
  const button = (name: string | RegExp) => page.getByRole('button', { name })
  const sent = () =>
    api.asked.filter(({ method }) => method !== 'GET').map(({ method, path, body }) => ({ method, path, body }))
  const cells = (table: string) =>
    page
      .locator(`${table} tbody tr`)
      .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)))

  test('a month: totals, days as a drawing and as a table, services', async () => {
    Object.assign(api.usage, march)
    await open()
    expect(await page.locator('.totals dd').allTextContents()).toEqual(['$3.50', '5', '1 min 35 s', '$0.70'])
    expect(await page.locator('main').textContent()).toContain('1 failed, 2 more in the making.')
    expect(await page.getByRole('img').getAttribute('aria-label')).toBe(
      'Spend by day: $3.50 in all, the most on 30 Mar with $2.50',
    )
    const heights = () =>
      page.locator('.bars__bar').evaluateAll((bars) => bars.map((bar) => bar.getAttribute('height')))
    expect(await heights()).toEqual(['40%', '100%'])
    await page.locator('fieldset').getByText('Videos').click()
    await expect
      .poll(() => page.getByRole('img').getAttribute('aria-label'), soon)
      .toBe('Videos by day: 8 videos in all, the most on 30 Mar with 6 videos')
    await page.getByText('As a table').click()
    expect(await cells('.usage__table')).toEqual([
      ['2 Mar', '2', '$1.00'],
      ['30 Mar', '6', '$2.50'],
    ])
    expect(await cells('.usage__services')).toEqual([['OpenAI', '1 image, 1,200 tokens', '12', '$3.50']])
    await page.getByLabel('Month').selectOption('February 2026')
    await expect
      .poll(() => api.asked.filter(({ path }) => path.startsWith('/v1/usage')).map(({ path }) => path), soon)
      .toEqual(['/v1/usage?from=2026-03-01&to=2026-03-31', '/v1/usage?from=2026-02-01&to=2026-02-28'])
  })

  test('a new key is shown once', async () => {
    await open()
    await button(/^New key$/).click()
    await button('Make the key').click()
    await page.getByText('Give it a name').waitFor()
    await page.getByLabel('Name').fill(' Writer ')
    await page.getByText('Shared with yours').click()
    await button('Make the key').click()
    const dialog = page.getByRole('dialog', { name: 'Your new key' })
    await expect.poll(() => dialog.getByLabel('Key “Writer”').inputValue(), soon).toBe('cf_this-is-shown-once')
    expect(sent()).toEqual([{ method: 'POST', path: '/v1/keys', body: { name: 'Writer', space: 'shared' } }])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await dialog.getByText('Copy it first').waitFor()
    await dialog.getByRole('button', { name: 'I have copied it' }).click()
    await page.locator('.keys__key', { hasText: 'Writer' }).waitFor()
    expect(await page.content()).not.toContain('cf_this-is-shown-once')
  })

  test('a key is renewed and revoked after a question', async () => {
    await open()
    expect(await button('Renew key Team').count()).toBe(0)
    await button('Renew key Robot').click()
    await page.getByRole('dialog', { name: 'Renew this key?' }).getByRole('button', { name: 'Renew' }).click()
    const shown = page.getByRole('dialog', { name: 'Your new key' })
    await expect.poll(() => shown.getByRole('textbox').inputValue(), soon).toBe('cf_another')
    await shown.getByRole('button', { name: 'I have copied it' }).click()
    await button('Revoke key Team').click()
    const dialog = page.getByRole('dialog', { name: 'Revoke this key?' })
    expect(await dialog.textContent()).toContain('“Team” lets nobody in any more')
    await dialog.getByRole('button', { name: 'Revoke' }).click()
    await page.locator('.keys__key--ended', { hasText: 'Team' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.id), soon).toBe('keys')
    expect(sent().map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/keys/key_c/rotate',
      'DELETE /v1/keys/key_b',
    ])
  })

  test('the webhook secret is shown only when asked for, and replaced after a question', async () => {
    await open()
    expect(api.asked.some(({ path }) => path.startsWith('/v1/webhooks'))).toBe(false)
    await button('Show the webhook secret').click()
    await expect.poll(() => page.getByLabel('Secret', { exact: true }).inputValue(), soon).toBe('whsec_c2VjcmV0')
    await button('Replace the webhook secret').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Replace' }).click()
    await expect.poll(sent, soon).toEqual([{ method: 'POST', path: '/v1/webhooks/secret/rotate', body: undefined }])
  })

  test('the last messages to webhooks are listed when asked for, and sent again', async () => {
    const message = WebhookDelivery.parse({
      id: 'msg_a',
      videoId: 'vid_aaaaaaaaaaaaaaaaaaaaaa',
      type: 'video.completed',
      state: 'given-up',
      createdAt: '2026-03-31T20:00:00.000Z',
      attempts: 5,
      lastAnswer: '503',
    })
    let state = message.state
    api.instead(({ method, path }) => {
      if (!path.startsWith('/v1/webhooks')) return undefined
      if (method === 'POST') state = 'waiting'
      return { status: 200, body: method === 'POST' ? { ...message, state } : { webhooks: [{ ...message, state }] } }
    })
    await open()
    await page.getByText('Last webhook messages').click()
    const row = page.locator('.keys__key', { hasText: 'video.completed' })
    await expect.poll(() => row.textContent(), soon).toContain('Given up')
    expect(await audit(page)).toEqual([])
    await row.getByRole('button', { name: 'Replay video.completed' }).click()
    await expect.poll(() => row.textContent(), soon).toContain('Waiting')
    expect(sent()).toEqual([{ method: 'POST', path: '/v1/webhooks/msg_a/replay', body: undefined }])
  })

  test('signs out, and forgets the key', async () => {
    await open()
    await page.locator('main').getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('Usage and keys').waitFor({ state: 'hidden' })
    expect(await page.evaluate(() => localStorage.getItem('clipforge.token'))).toBe(null)
  })

  test('everybody can use it', async () => {
    Object.assign(api.usage, march)
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [320, 'dark'],
    ] as const) {
      if (width === 320) await page.context().close()
      await open({ viewport: { width, height: 800 }, colorScheme })
      await page.getByText('As a table').click()
      expect(await audit(page)).toEqual([])
      expect(await overflowPx(page)).toBe(0)
      await button(/^New key$/).click()
      expect(await audit(page)).toEqual([])
    }
  })
})
