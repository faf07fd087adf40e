import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parseRequest } from '../../core/video.ts'
import { buildWeb } from '../../scripts/build-web.ts'
import { audit, openPage, startBrowser, whyNoBrowser } from './browser.ts'
import { madeId, refusal, usual } from './create-api.ts'
import { type FakeApi, fakeApi } from './fake-api.ts'
import { finished } from './videos.ts'

const script = 'The sea is old. It was here before the land, and it will be here after us.'
/** Both cores may be at work elsewhere. */
const soon = { timeout: 10_000 }

describe.skipIf(whyNoBrowser !== undefined)('before a video is made', () => {
  let browser: Browser
  let api: FakeApi
  let problems: string[]
  let page: Page

  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    api = await fakeApi(await buildWeb())
    api.instead(usual)
  })
  afterEach(async () => {
    await page.context().close()
    await api.close()
    if (problems.length > 0) throw new Error(problems.join('\n'))
  })

  const open = async (path = '') => {
    ;({ page, problems } = await openPage(browser, `${api.url}/#/${path}`, { token: 'a-token' }))
  }
  const sent = () => api.asked.filter(({ method, path }) => method === 'POST' && path === '/v1/videos')
  const write = (text = script) => page.getByRole('textbox', { name: 'Script' }).fill(text)
  const make = () => page.getByRole('button', { name: 'Make the video' })
  const price = () => page.getByRole('complementary', { name: 'Summary' })

  test("a copy of a video begins with that video's request", async () => {
    const request = {
      script,
      style: 'cyberpunk',
      captions: { look: 'boxed', size: 'large', outlineColour: '#112233' },
      scenes: 5,
      category: 'Sea',
    }
    api.instead((asked) =>
      asked.path === `/v1/videos/${madeId}` ? { status: 200, body: finished({ id: madeId, request }) } : usual(asked),
    )
    await open(`?from=${madeId}`)
    await page.getByRole('radio', { name: 'Cyberpunk', checked: true }).waitFor({ state: 'attached' })
    api.instead(usual)
    await make().click()
    await page.waitForURL(`**/#/videos/${madeId}`)
    expect(sent()[0]!.body).toMatchObject(request)
  })

  test('a copy of a changed video has the changes, and says which pictures cannot be copied', async () => {
    const own = 'upl_oooooooooooooooooooooo'
    const request = {
      script: 'Old words. More.',
      captions: 'highlight',
      scenes: [{ picture: own, fit: 'contain' }, {}, {}],
    }
    const changed = finished({ id: madeId, edition: 2, request })
    changed.scenes[0]!.picture.isOwn = true
    changed.scenes[2]!.picture.isOwn = true
    changed.scenes[1]!.prompt = 'a red boat'
    api.instead((asked) => (asked.path === `/v1/videos/${madeId}` ? { status: 200, body: changed } : usual(asked)))
    await open(`?from=${madeId}`)
    await page.getByText('put in later are not').waitFor()
    api.instead(usual)
    await make().click()
    await page.waitForURL(`**/#/videos/${madeId}`)
    const { script: text, scenes } = parseRequest(sent()[0]!.body)
    expect(text).toBeUndefined()
    expect(scenes).toEqual([
      { text: 'The sea is old.', picture: own, fit: 'contain' },
      { text: 'It was here before the land.', prompt: 'a red boat' },
      { text: 'It will be here after us.', prompt: 'a picture of: It will be here after us.' },
    ])
  })

  test('who duplicates from the library is on the heading of the new page', async () => {
    const video = finished({ id: madeId })
    api.instead((asked) =>
      asked.path.startsWith('/v1/videos?')
        ? { status: 200, body: { videos: [video] } }
        : asked.path === `/v1/videos/${madeId}`
          ? { status: 200, body: video }
          : usual(asked),
    )
    await open('videos')
    await page.getByRole('link', { name: 'Duplicate The old sea' }).click()
    await page.getByText('Filled in as “The old sea” is.').waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Make a video')
  })

  test('a topic that nobody here can write about is told so before anything is typed, and has no price', async () => {
    await open()
    await page.getByRole('tab', { name: 'Topic' }).click()
    await page.locator('.editor').getByText('Nobody can write here: that takes a key of OpenAI or Gemini.').waitFor()
    await page.getByRole('textbox', { name: 'Topic' }).fill('Octopuses')
    await expect.poll(() => api.asked.filter(({ path }) => path === '/v1/quotes').length, soon).toBe(1)
    await price().getByText('Nobody can write here').waitFor()
    await make().click()
    const topic = page.getByRole('textbox', { name: 'Topic' })
    await expect.poll(() => topic.evaluate((element) => element === document.activeElement), soon).toBe(true)
    expect(await topic.getAttribute('aria-invalid')).toBe('true')
    expect(sent()).toEqual([])
    expect(await price().textContent()).not.toContain('$')
    expect(await audit(page)).toEqual([])
  })

  test('what was refused has no price and no length of the draft before', async () => {
    await open()
    await write()
    await price().getByText('about 42 s · 7 scenes', { exact: true }).waitFor()
    expect(await page.locator('.editor__counts').textContent()).toContain('about 42 s')
    api.instead((asked) => (asked.path === '/v1/quotes' ? refusal('script', 'has bad words') : usual(asked)))
    await write('Something bad.')
    await page.getByText('Has bad words.').waitFor()
    await price().getByText('It cannot be made as it stands.').waitFor()
    expect(await price().textContent()).not.toMatch(/\$|42 s|7 scenes/)
  })
})
