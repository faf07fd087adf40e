import { describe, expect, test } from 'vitest'
import { follows } from '../../web/src/pages/video/state.ts'
import { waitOf } from '../../web/src/pages/video/waiting.ts'
import { audit, overflowPx, whyNoBrowser } from './browser.ts'
import { soon, videoPage } from './video-page.ts'
import { finished, ids, making, stepsAs } from './videos.ts'

describe('what is shown already', () => {
  const atMs = Date.parse('2026-11-19T10:00:00Z')
  const renewed = (change = {}) => {
    const text = JSON.stringify(finished(change)).replaceAll('?s=1', '?s=2')
    return JSON.parse(text) as ReturnType<typeof finished>
  }

  test('keeps its links while they are good, so that nothing is loaded again', () => {
    const now = follows(finished(), renewed(), atMs)
    expect([now.links!['video.mp4'], now.scenes[0]!.picture.link]).toEqual([
      '/media/video.mp4?s=1',
      '/media/scene-1.png?s=1',
    ])
    expect(follows(finished({ linksExpireAt: '2026-11-19T10:04:00Z' }), renewed(), atMs).links!['video.mp4']).toBe(
      '/media/video.mp4?s=2',
    )
  })

  test('gives way to the files of a new version', () => {
    const next = { 'video.mp4': '/media/v2/video.mp4?s=2' }
    expect(follows(finished(), renewed({ edition: 2, links: next }), atMs).links).toEqual(next)
  })

  test('does not step back because an answer was slow, but begins anew with a new attempt', () => {
    expect(follows(making({ percent: 40 }), making({ percent: 35 }), atMs).progress!.percent).toBe(40)
    expect(follows(making({}, { status: 'failed' }), making({ percent: 0 }), atMs).progress!.percent).toBe(0)
  })
})

test.each([
  [{ percent: 1, secondsLeft: 30 }, 'working out how long it takes…'],
  [{ percent: 50, secondsLeft: 21_601 }, 'working out how long it takes…'],
  [{ percent: 50, secondsLeft: 21_600 }, 'about 6 h left'],
  [{ percent: 50, secondsLeft: 7_900 }, 'about 2 h 10 min left'],
  [{ percent: 50, secondsLeft: 3_569 }, 'about 59 minutes left'],
  [{ percent: 50, secondsLeft: 3_571 }, 'about 1 h left'],
  [{ percent: 50, secondsLeft: 38 }, 'about 40 s left'],
  [{ percent: 50 }, 'working'],
])('how long to go: %o', (progress, told) => {
  expect(waitOf({ status: 'running', progress })).toBe(told)
})

describe.skipIf(whyNoBrowser !== undefined)('a video in the making', () => {
  const at = videoPage()

  test('follows the events from the script to the player, and says milestones', async () => {
    at.api.videos.set(ids.making, making({ isPlanned: false, percent: 3 }))
    await at.open(ids.making)
    await expect
      .poll(() => at.page.getByRole('region', { name: 'Script' }).textContent(), soon)
      .toContain('The sea is old.')
    await expect.poll(() => at.api.listeners(ids.making), soon).toBe(1)

    at.api.videos.set(ids.making, making({ percent: 20 }))
    at.api.emit(ids.making, 'plan', { scenes: 3 })
    await expect.poll(() => at.page.locator('.board__scene').count(), soon).toBe(3)
    await expect
      .poll(() => at.page.locator('article > p[role=status]').textContent(), soon)
      .toBe('The script is divided into 3 scenes.')
    expect(await at.page.getByRole('img', { name: 'Scene 1: its picture is being made' }).count()).toBe(1)

    at.api.videos.set(ids.making, making({ pictures: 1, percent: 30 }))
    at.api.emit(ids.making, 'scene', { number: 1 })
    await at.page.getByRole('img', { name: 'Scene 1: The sea is old.' }).waitFor()

    at.api.emit(ids.making, 'progress', { percent: 64.6, secondsLeft: 21, steps: stepsAs('waiting') })
    await expect.poll(() => at.page.title(), soon).toMatch(/^64 % · The old sea/)
    const bar = at.page.getByRole('progressbar')
    expect(await bar.getAttribute('aria-valuenow')).toBe('64')
    expect(await bar.getAttribute('aria-valuetext')).toBe('64 %, about 25 s left')

    at.api.videos.set(ids.making, making({ pictures: 1, isSpoken: true, percent: 64.6 }))
    at.api.emit(ids.making, 'narration', {})
    await at.page.locator('.words--sweep').first().waitFor()
    await expect
      .poll(() => at.page.locator('article > p[role=status]').textContent(), soon)
      .toBe('The narration is ready.')

    at.api.videos.set(ids.making, finished({ id: ids.making }))
    at.api.emit(ids.making, 'end', { status: 'done' })
    await at.page.locator('video').waitFor()
    await expect.poll(() => at.page.locator('article > p[role=status]').textContent(), soon).toBe('The video is ready.')
    await expect.poll(() => at.page.title(), soon).toMatch(/^The old sea/)
    await expect.poll(() => at.api.listeners(ids.making), soon).toBe(0)
  })

  test('who stands on what goes away when it is finished, stands on the heading', async () => {
    at.api.videos.set(ids.making, making())
    await at.open(ids.making)
    await at.button('Cancel').focus()
    await expect.poll(() => at.api.listeners(ids.making), soon).toBe(1)
    at.api.videos.set(ids.making, finished({ id: ids.making }))
    at.api.emit(ids.making, 'end', { status: 'done' })
    await at.page.locator('video').waitFor()
    await expect.poll(() => at.page.evaluate(() => document.activeElement?.tagName), soon).toBe('H1')
  })

  test('is followed also where no events get through', async () => {
    at.api.videos.set(ids.making, making())
    at.api.instead(({ path }) => (path.endsWith('/events') ? { status: 403, body: {} } : undefined))
    await at.open(ids.making)
    at.api.videos.set(ids.making, making({ percent: 55 }))
    await expect.poll(() => at.page.getByRole('progressbar').getAttribute('aria-valuenow'), soon).toBe('55')
  })

  test('says when the connection is lost, promises nothing meanwhile, and goes on by itself', async () => {
    at.api.videos.set(ids.making, making({ percent: 40 }))
    await at.open(ids.making)
    const region = at.page.getByRole('region', { name: 'Progress' })
    await region.getByText('about 40 s left').waitFor()
    await at.page.context().setOffline(true)
    await at.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await at.page.getByRole('status').getByText('Connection lost, trying again…').waitFor()
    expect(await region.textContent()).not.toContain('left')
    expect(await audit(at.page)).toEqual([])
    at.api.videos.set(ids.making, making({ percent: 55 }))
    await at.page.context().setOffline(false)
    await at.page.getByText('Connection lost, trying again…').waitFor({ state: 'hidden' })
    await expect.poll(() => at.page.getByRole('progressbar').getAttribute('aria-valuenow'), soon).toBe('55')
    await region.getByText('about 40 s left').waitFor()
  })

  test('tells its place in the queue', async () => {
    const waiting = { status: 'queued', queuePosition: 3, progress: undefined } as const
    at.api.videos.set(ids.making, making({ isPlanned: false }, waiting))
    await at.open(ids.making)
    expect(await at.page.locator('.making').textContent()).toContain('number 3 in the queue')
  })

  test('is cancelled only after it was said what that means', async () => {
    at.api.videos.set(ids.making, making({ pictures: 1 }))
    await at.open(ids.making)
    await at.button('Cancel').click()
    const dialog = at.page.getByRole('dialog', { name: 'Cancel this video?' })
    expect(await dialog.textContent()).toContain('$0.13 has been spent')
    await dialog.getByRole('button', { name: 'Keep going' }).click()
    expect(at.sent('POST')).toEqual([])
    await expect.poll(() => at.page.evaluate(() => document.activeElement?.textContent), soon).toBe('Cancel')
    await at.button('Cancel').click()
    await dialog.getByRole('button', { name: 'Cancel the video' }).click()
    await at.page.getByRole('heading', { name: 'The video was cancelled' }).waitFor()
    await expect.poll(() => at.page.evaluate(() => document.activeElement?.tagName), soon).toBe('H1')
    expect(at.sent('POST').map(({ path }) => path)).toEqual([`/v1/videos/${ids.making}/cancel`])
  })

  test('a failure tells why, what it cost, and is tried again', async () => {
    const error = { name: 'BudgetError', message: 'maxCostUsd: it would cost more than $0.20' }
    at.api.videos.set(
      ids.making,
      making(
        { pictures: 2 },
        { status: 'failed', error, notices: ['scene 2: the prompt was softened'], request: { maxCostUsd: 0.2 } },
      ),
    )
    await at.open(ids.making)
    const text = await at.page.locator('main').textContent()
    for (const part of [
      'It may cost at most $0.20, and the next step could cost more than is left of that.',
      'Spent so far: $0.13',
      'scene 2: the prompt was softened',
      'What was made so far',
    ])
      expect(text).toContain(part)
    const limit = at.page.getByLabel('Most it may cost now')
    expect(await limit.inputValue()).toBe('0.4')
    await limit.fill('0.2')
    await at.page.getByText('Give more than 0.2').waitFor()
    await at.button('Try again').click({ force: true })
    await limit.fill('0.75')
    await at.button('Try again').click()
    await at.page.getByRole('progressbar').waitFor()
    expect(at.sent('POST')).toEqual([{ path: `/v1/videos/${ids.making}/retry`, body: { maxCostUsd: 0.75 } }])
  })
})

describe.skipIf(whyNoBrowser !== undefined)('a video that stopped at what it may cost', () => {
  const at = videoPage()
  const stopped = (maxCostUsd: number, neededUsd: number) =>
    making(
      {},
      {
        status: 'failed',
        error: { name: 'BudgetError', message: 'maxCostUsd: the next call could pass it' },
        request: { maxCostUsd },
        neededUsd,
      },
    )

  test('goes on with enough for the next step, which the field proposes; Enter sends it', async () => {
    const { bill, ...video } = stopped(0.01, 0.0312)
    const failures = [
      { stage: 'illustrate', scene: 1, provider: 'openai', outcome: 'not made' as const, reason: 'maxCostUsd' },
    ]
    at.api.videos.set(ids.making, { ...video, bill: { ...bill, failures } })
    await at.open(ids.making)
    const outcome = at.page.getByRole('form', { name: 'What happened' })
    await outcome
      .getByText('It may cost at most $0.01, and the next step could cost more: $0.04 in all is needed.')
      .waitFor()
    await at.page.getByText('OpenAI, not made. It would have passed the most it may cost').waitFor()
    const limit = at.page.getByLabel('Most it may cost now')
    expect(await limit.inputValue()).toBe('0.04')
    await limit.fill('0.03')
    await at.page.getByText('Give at least 0.04, and at most 1000.').waitFor()
    await limit.press('Enter')
    await limit.fill('0.05')
    await limit.press('Enter')
    await at.page.getByRole('progressbar').waitFor()
    expect(at.sent('POST')).toEqual([{ path: `/v1/videos/${ids.making}/retry`, body: { maxCostUsd: 0.05 } }])
  })

  test.each([
    [0.07, 0.08, '0.14'],
    [0.2, 0.55, '0.55'],
    [900, 901, '1000'],
  ])('of %d dollars, where %d are needed, %s are proposed', async (before, needed, proposed) => {
    at.api.videos.set(ids.making, stopped(before, needed))
    await at.open(ids.making)
    expect(await at.page.getByLabel('Most it may cost now').inputValue()).toBe(proposed)
  })
})

describe.skipIf(whyNoBrowser !== undefined)('a video in any state', () => {
  const at = videoPage()

  test('what is not there is told so', async () => {
    await at.open('vid_nonexxxxxxxxxxxxxxxxxx')
    await at.page.getByText('This video is not here').waitFor()
    expect(await at.page.getByRole('heading', { level: 1 }).textContent()).toBe('Video')
  })

  test.each(['making', 'failed', 'finished', 'changing'] as const)('everybody can use it: %s', async (face) => {
    const shown = {
      making: making({ pictures: 1 }),
      failed: making({ pictures: 1 }, { status: 'failed', error: { name: 'x', message: 'it broke' } }),
      finished: finished({ notices: ['music: another'] }),
      changing: finished({ status: 'running', progress: { percent: 20 } }),
    }[face]
    at.api.videos.set(shown.id, shown)
    for (const width of [1280, 320]) {
      if (width === 320) await at.page.context().close()
      await at.open(shown.id, { viewport: { width, height: 800 }, colorScheme: width === 320 ? 'dark' : 'light' })
      if (face === 'finished') {
        await at.button('Change scene 1').click()
        for (const summary of ['What it cost', 'What was checked']) await at.page.getByText(summary).click()
      }
      expect(await audit(at.page)).toEqual([])
      expect(await overflowPx(at.page)).toBe(0)
    }
  })
})
