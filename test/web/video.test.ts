import { beforeEach, describe, expect, test } from 'vitest'
import { whyNoBrowser } from './browser.ts'
import { png, soon, videoPage } from './video-page.ts'
import { finished, ids } from './videos.ts'

describe.skipIf(whyNoBrowser !== undefined)('a finished video', () => {
  const at = videoPage()

  beforeEach(() => at.api.videos.set(ids.made, finished()))

  test('plays with captions that are off while they stand in the picture, and jumps to scenes', async () => {
    await at.open(ids.made)
    const video = at.page.locator('video').first()
    expect(await video.getAttribute('poster')).toBe(null)
    expect(
      await video.evaluate((element) =>
        [...element.querySelectorAll('track')].map(({ kind, srclang, default: isOn }) => ({ kind, srclang, isOn })),
      ),
    ).toEqual([{ kind: 'captions', srclang: 'en', isOn: false }])
    await at.button('Play scene 3, from 0:06').click()
    expect(await video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBe(6)
  })

  test('captions are on where none are drawn', async () => {
    at.api.videos.set(ids.made, finished({ request: { captions: { look: 'none' } } }))
    await at.open(ids.made)
    expect(await at.page.locator('track').evaluate((track: HTMLTrackElement) => track.default)).toBe(true)
  })

  test('its files can be taken along', async () => {
    await at.open(ids.made)
    await at.page.getByText('Download', { exact: true }).click()
    const files = await at.page
      .locator('.menu__list a')
      .evaluateAll((links) => links.map((link) => [link.textContent, link.getAttribute('download')]))
    expect(files).toEqual([
      ['Video (MP4)', 'the-old-sea-video.mp4'],
      ['Captions (SRT)', 'the-old-sea-captions.srt'],
      ['Captions (WebVTT)', 'the-old-sea-captions.vtt'],
      ['poster.png', 'the-old-sea-poster.png'],
      ['hls/master.m3u8', 'the-old-sea-hls-master.m3u8'],
    ])
    await at.page.keyboard.press('Escape')
    expect(await at.page.locator('.menu__list').isVisible()).toBe(false)
  })

  test('the list of files stays inside the window', async () => {
    for (const [width, height] of [
      [1280, 760],
      [390, 700],
    ] as const) {
      if (width === 390) await at.page.context().close()
      await at.open(ids.made, { viewport: { width, height } })
      await at.page.getByText('Download', { exact: true }).click()
      await at.page.locator('.menu__list').waitFor()
      const inside = () =>
        at.page.locator('.menu__list').evaluate((list) => {
          const { top, bottom, left, right } = list.getBoundingClientRect()
          return top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth
        })
      await expect.poll(inside, soon).toBe(true)
    }
  })

  test('tells what it cost, line by line, and what was checked', async () => {
    await at.open(ids.made)
    await at.page.getByText('What it cost').click()
    const rows = await at.page
      .locator('.bill tr')
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent?.trim())))
    expect(rows).toEqual([
      ['For', 'Made by', 'Amount', 'Cost'],
      ['Narration', 'ElevenLabs eleven_v3', '68 characters', '$0.01'],
      ['Pictures', 'OpenAI gpt-image-2', '3 images', '$0.12'],
      ['Total', '$0.13'],
    ])
    expect(await at.page.locator('.bill__more').textContent()).toContain('Pictures, scene 2: OpenAI, about $0.04')
    await at.page.getByText('What was checked').click()
    const checks = await at.page.locator('.checks__check').allTextContents()
    expect(checks).toEqual([
      'LoudnessPassed-14.0 LUFS wanted: -14 ± 1 LUFS',
      'Longest black stretchNot passed0.30 s wanted: at most 0.1 s',
    ])
  })

  test('what was measured is told in words that are not those of file formats', async () => {
    const findings = [{ check: 'starts fast', ok: true, measured: 'ftyp moov mdat', wanted: 'moov before mdat' }]
    at.api.videos.set(ids.made, finished({ findings }))
    await at.open(ids.made)
    await at.page.getByText('What was checked').click()
    expect(await at.page.locator('.checks__check').textContent()).toBe(
      'Plays before all of it is loadedPassedthe index of the file is at its beginning wanted: at its beginning',
    )
  })

  test('is shared by a link, duplicated, and deleted after a question', async () => {
    await at.open(ids.made)
    await at.button('Share').click()
    await expect.poll(() => at.page.getByLabel('Link').inputValue(), soon).toBe(`${at.api.url}/#/watch/tok`)
    expect(await at.page.getByLabel('Link').evaluate((element) => element === document.activeElement)).toBe(true)
    await at.page.keyboard.press('Escape')
    expect(await at.page.getByRole('link', { name: 'Duplicate' }).getAttribute('href')).toBe(`#/?from=${ids.made}`)
    await at.button('Delete').click()
    await at.page.getByRole('dialog', { name: 'Delete this video?' }).getByRole('button', { name: 'Delete' }).click()
    await expect.poll(() => at.page.url(), soon).toBe(`${at.api.url}/#/videos`)
    expect(at.sent('DELETE').map(({ path }) => path)).toEqual([`/v1/videos/${ids.made}`])
  })

  test('a scene gets another picture, line, or content, and the version before plays on meanwhile', async () => {
    await at.open(ids.made)
    await at.button('Change scene 2').click()
    await at.button('Change this line').click()
    const line = at.page.getByLabel('What is said in scene 2')
    expect(await line.inputValue()).toBe('It was here before the land.')
    expect(await line.evaluate((element) => element === document.activeElement)).toBe(true)
    await line.fill('  ')
    await at.button('Make it').click()
    expect(await at.page.getByRole('alert').filter({ hasText: 'Write at least one word.' }).count()).toBe(1)
    await line.fill('It was first.')
    await at.button('Make it').click()
    await at.page.getByRole('progressbar', { name: 'Progress of the new version' }).waitFor()
    expect(await at.page.locator('video').count()).toBe(1)
    expect(await at.button('Change scene 2').getAttribute('aria-disabled')).toBe('true')

    await at.page.getByText('Scene 2 is being changed.').waitFor()

    at.api.videos.set(ids.made, finished({ edition: 2 }))
    await expect.poll(() => at.api.listeners(ids.made), soon).toBe(1)
    at.api.emit(ids.made, 'end', { status: 'done' })
    await expect.poll(() => at.page.getByRole('progressbar').count(), soon).toBe(0)
    expect(await at.page.getByText('Scene 2 is being changed.').count()).toBe(0)
    await at.button('Change scene 1').click()
    await at.button('Redo this picture').click()
    await at.page.getByRole('progressbar').waitFor()
    expect(at.sent('PATCH')).toEqual([
      { path: `/v1/videos/${ids.made}/scenes/2`, body: { text: 'It was first.' } },
      { path: `/v1/videos/${ids.made}/scenes/1`, body: { redo: true } },
    ])
  })

  test("a scene shows the user's own picture, once that was sent and found good", async () => {
    const upload = {
      id: 'upl_uuuuuuuuuuuuuuuuuuuuuu',
      name: 'mine.png',
      kind: 'picture',
      createdAt: '2026-11-19T10:00:00.000Z',
    }
    const form = { url: '/v1/sent', fields: { key: 'k' }, expiresAt: '2027-11-19T10:00:00.000Z' }
    let state = 'refused'
    at.api.instead(({ path }) => {
      if (path === '/v1/uploads') return { status: 201, body: { ...upload, state: 'waiting', form, maxBytes: 1e6 } }
      if (path === '/v1/sent') return { status: 204 }
      if (path.endsWith('/check')) return { status: 200, body: { ...upload, state, reason: 'mine.png: is no picture' } }
      return undefined
    })
    await at.open(ids.made)
    await at.button('Change scene 3').click()
    const choose = async () => {
      const chooser = at.page.waitForEvent('filechooser')
      await at.button('Use my own picture').click()
      await (await chooser).setFiles({ name: 'mine.png', mimeType: 'image/png', buffer: png })
    }
    await choose()
    await at.page.getByRole('alert').filter({ hasText: 'mine.png: is no picture' }).waitFor()
    state = 'ready'
    await choose()
    await at.page.getByRole('progressbar').waitFor()
    expect(at.sent('PATCH')).toEqual([{ path: `/v1/videos/${ids.made}/scenes/3`, body: { picture: upload.id } }])
  })

  test('variants: one for each format that was chosen', async () => {
    const posted = { ...finished(), id: 'vid_variantxxxxxxxxxxxxxxx' }
    at.api.instead(({ path }) => (path.endsWith('/variants') ? { status: 202, body: posted } : undefined))
    await at.open(ids.made)
    await at.button('Variants').click()
    await at.button('Make the variant').click()
    await at.page.getByText('Choose another format, language or voice.').waitFor()
    await at.page.getByLabel('Square').check()
    await at.page.getByLabel('Landscape').check()
    await at.page.getByLabel('Language').selectOption('de')
    await at.button('Make 2 variants').click()
    await at.page.getByText('2 variants are being made.').waitFor()
    expect(at.sent('POST').map(({ body }) => body)).toEqual([
      { format: '1:1', language: 'de' },
      { format: '16:9', language: 'de' },
    ])
  })

  test('a change that failed leaves the version before, and can be tried again or given up', async () => {
    at.api.videos.set(
      ids.made,
      finished({ status: 'failed', edition: 2, error: { name: 'RefusedError', message: 'scene 2: it was refused' } }),
    )
    await at.open(ids.made)
    expect(await at.page.locator('.outcome').textContent()).toContain('The change could not be made')
    expect(await at.page.locator('.video__about').textContent()).not.toContain('version')
    expect(await at.page.locator('video').count()).toBe(1)
    expect(await at.button('Try again').count()).toBe(1)
    await at.button('Give up the change').click()
    await at.page.locator('.outcome').waitFor({ state: 'detached' })
    expect(at.sent('DELETE').map(({ path }) => path)).toEqual([`/v1/videos/${ids.made}/edition`])
  })
})
