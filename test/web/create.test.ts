import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parseRequest } from '../../core/video.ts'
import { buildWeb } from '../../scripts/build-web.ts'
import { audit, openPage, overflowPx, startBrowser, whyNoBrowser } from './browser.ts'
import { isNewVideo, madeId, refusal, uploadId, usual } from './create-api.ts'
import { type FakeApi, fakeApi } from './fake-api.ts'

const script = 'The sea is old. It was here before the land, and it will be here after us.'
/** Both cores may be at work elsewhere. */
const soon = { timeout: 10_000 }
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

describe.skipIf(whyNoBrowser !== undefined)('making a video', () => {
  let browser: Browser
  let api: FakeApi
  let files: string
  let problems: string[]
  let page: Page

  beforeAll(async () => {
    browser = await startBrowser()
    files = await mkdtemp(join(tmpdir(), 'clipforge-create-'))
    await Promise.all(['one.png', 'two.png', 'bad.png'].map((name) => writeFile(join(files, name), png)))
  })
  afterAll(async () => {
    await browser.close()
    await rm(files, { recursive: true })
  })
  beforeEach(async () => {
    api = await fakeApi(await buildWeb())
    api.instead(usual)
  })
  afterEach(async () => {
    await page.context().close()
    await api.close()
    if (problems.length > 0) throw new Error(problems.join('\n'))
  })

  const open = async (path = '', options = {}) => {
    ;({ page, problems } = await openPage(browser, `${api.url}/#/${path}`, { token: 'a-token', ...options }))
  }
  const sent = () => api.asked.filter(({ method, path }) => method === 'POST' && path === '/v1/videos')
  const write = (text = script) => page.getByRole('textbox', { name: 'Script' }).fill(text)
  const make = () => page.getByRole('button', { name: 'Make the video' })
  const price = () => page.getByRole('complementary', { name: 'Summary' })

  test('a script is counted, priced and sent, and its page opens', async () => {
    await open()
    await write()
    await page.getByText('17 words').waitFor()
    await price().getByText('$0.29', { exact: true }).waitFor()
    await price().getByText('about 42 s · 7 scenes', { exact: true }).waitFor()
    await price().getByText('At most $0.61, should every step need a second try.').waitFor()
    await page.getByRole('radio', { name: 'Comic Noir' }).check({ force: true })
    await page.getByRole('radio', { name: 'Landscape' }).check({ force: true })
    await make().click()
    await page.waitForURL(`**/#/videos/${madeId}`)
    const [asked] = sent()
    expect(parseRequest(asked!.body)).toMatchObject({
      script,
      style: 'comic-noir',
      format: '16:9',
      captions: 'highlight',
    })
  })

  test('a double click and the keys on top of it make one video', async () => {
    await open()
    await write()
    api.instead(slowly(usual))
    await make().dblclick()
    await page.keyboard.press('Control+Enter')
    await page.waitForURL(`**/#/videos/${madeId}`)
    expect(sent()).toHaveLength(1)
  })

  test('an answer that was lost is asked for again under the same key, also after a reload', async () => {
    await open()
    await write()
    const keys: (string | undefined)[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/v1/videos'))
        keys.push(request.headers()['idempotency-key'])
    })
    api.instead((asked) => (isNewVideo(asked) ? { status: 502 } : usual(asked)))
    await make().click()
    await page.getByText('answered with 502', { exact: false }).waitFor()
    api.instead(usual)
    await page.reload()
    expect(await page.getByRole('textbox', { name: 'Script' }).inputValue()).toBe(script)
    await make().click()
    await page.waitForURL(`**/#/videos/${madeId}`)
    expect(keys).toHaveLength(2)
    expect(keys[0]).toMatch(/^page-[0-9a-f]{32}$/)
    expect(keys[1]).toBe(keys[0])
  })

  test('what the API refuses is said at its field, unfolded and with the focus there', async () => {
    await open()
    await write()
    api.instead((asked) => (isNewVideo(asked) ? refusal('webhookUrl', 'must be an https address') : usual(asked)))
    await make().click()
    const field = page.getByRole('textbox', { name: 'Webhook address' })
    await page.getByText('Must be an https address.').waitFor()
    await expect.poll(() => field.evaluate((element) => element === document.activeElement), soon).toBe(true)
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    expect(await audit(page)).toEqual([])
  })

  test('a number of scenes that cannot be is refused at its field, past a file that was refused before', async () => {
    await open()
    await write()
    await page
      .locator('.drop-zone input[type=file]')
      .setInputFiles(['one.png', 'bad.png'].map((name) => join(files, name)))
    await page.getByText('It is no picture that can be opened').waitFor()
    await page.getByText('More options').click()
    const field = page.getByRole('textbox', { name: 'Number of scenes' })
    api.instead((asked) =>
      isNewVideo(asked) || asked.path === '/v1/quotes' ? refusal('scenes', 'must be a whole number') : usual(asked),
    )
    for (const wanted of ['1.5', '-5', 'many']) {
      await field.fill(wanted)
      await make().click()
      await page.getByText('Must be a whole number.').waitFor()
      await expect.poll(() => field.evaluate((element) => element === document.activeElement), soon).toBe(true)
    }
    expect(sent().map(({ body }) => (body as { scenes: unknown }).scenes)).toEqual([1.5, -5, 'many'])
  })

  test('files of their own are sent, ordered and named in the request; a refused one says why', async () => {
    await open()
    await write()
    await page
      .locator('.drop-zone input[type=file]')
      .setInputFiles(['one.png', 'two.png', 'bad.png'].map((name) => join(files, name)))
    await page.getByText('It is no picture that can be opened').waitFor()
    await page.getByRole('button', { name: 'Move two.png to an earlier scene' }).click()
    await make().click()
    await page.waitForURL(`**/#/videos/${madeId}`)
    const { scenes } = sent()[0]!.body as { scenes: unknown[] }
    expect(scenes).toEqual([{ picture: uploadId('two.png') }, { picture: uploadId('one.png') }, {}, {}, {}, {}, {}])
  })

  test('the keyboard alone is enough', async () => {
    await open()
    await tabTo(page.getByRole('textbox', { name: 'Script' }))
    await page.keyboard.type('A short story.')
    await tabTo(page.getByRole('radio', { name: 'Portrait' }))
    await page.keyboard.press('ArrowRight')
    expect(await page.getByRole('radio', { name: 'Landscape' }).isChecked()).toBe(true)
    await tabTo(make())
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/#/videos/${madeId}`)
    expect(sent()[0]!.body).toMatchObject({ script: 'A short story.', format: '16:9' })
  })

  test.for([
    { name: 'desktop, light', width: 1280, height: 900, colorScheme: 'light' },
    { name: 'phone, dark', width: 390, height: 844, colorScheme: 'dark' },
    { name: 'small phone, light', width: 320, height: 640, colorScheme: 'light' },
  ] as const)('nothing to find for an audit, and nothing too wide: $name', async ({ width, height, colorScheme }) => {
    await open('', { viewport: { width, height }, colorScheme, hasTouch: width < 500 })
    await write()
    await page.getByText('More options').click()
    await price().getByText('$0.29', { exact: true }).waitFor()
    expect(await audit(page)).toEqual([])
    expect(await overflowPx(page)).toBe(0)
  })

  async function tabTo(wanted: ReturnType<Page['getByRole']>) {
    for (let presses = 0; presses < 120; presses++) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error('120 presses of Tab do not lead there')
  }
})

function slowly(answer: typeof usual): typeof usual {
  return (asked) => {
    const until = Date.now() + 300
    if (isNewVideo(asked)) while (Date.now() < until);
    return answer(asked)
  }
}
