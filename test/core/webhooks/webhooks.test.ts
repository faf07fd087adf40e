import { assert, pre, property, stringMatching } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPublicAddress } from '../../../core/webhooks/address.ts'
import { messageId, videoIdIn } from '../../../core/webhooks/messages.ts'
import { afterAttempt, type Outcome, retryAfterMsOf } from '../../../core/webhooks/retry.ts'
import { checkWebhookUrl, parseAllowedHosts, webhookUrlPattern } from '../../../core/webhooks/url.ts'
import { newVideoId } from '../../../core/submit.ts'

describe('an address for a webhook', () => {
  it.each([
    'https://example.com',
    'https://example.com/hook?x=1',
    'https://hooks.a-b.example.co:8443/a/b%20c',
    'https://example.com:443?x',
    'https://Example.COM/Hook',
    'https://xn--bcher-kva.example/',
    'https://internal.example/local',
  ])('is %s', (url) => {
    expect(() => checkWebhookUrl(url)).not.toThrow()
  })

  it.each([
    'http://example.com/',
    'ftp://example.com/',
    'https://localhost/',
    'https://LOCALHOST:8443/',
    'https://a.localhost/',
    'https://a.LocalHost:8443/',
    'https://metadata.google.internal/',
    'https://printer.local',
    'https://nas.home.arpa?x',
    'https://intranet/',
    'https://127.0.0.1/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://user@example.com/',
    'https://user:password@example.com/',
    'https://example.com:22/',
    'https://example.com:65536/',
    'https://example.com.:443/',
    'https://example.com\\@127.0.0.1/',
    'https://exa mple.com/',
    'https://example.com/\r\nx-a: b',
    'https://example.com/ü',
    'https://bücher.example/',
    'https:///example.com',
    'https:example.com',
    `https://example.com/${'a'.repeat(2000)}`,
    '',
  ])('is not %j', (url) => {
    expect(() => checkWebhookUrl(url)).toThrow(/^webhookUrl: must /)
  })

  it('whatever fits the pattern is a URL of https to just that host, by its name', () => {
    const urls = stringMatching(new RegExp(webhookUrlPattern.replace(/\(\?![^$]*\$\)\)/, '')))
    assert(
      property(urls, (url) => {
        pre(new RegExp(webhookUrlPattern).test(url) && !/xn--/i.test(url))
        const { protocol, username, password, hostname, href } = new URL(url)
        expect([protocol, username, password]).toEqual(['https:', '', ''])
        expect(hostname).toBe(/^https:\/\/([^/?:]+)/.exec(url)![1]!.toLowerCase())
        expect(isPublicAddress(hostname), href).toBe(false)
      }),
    )
  })

  it('may be in the house where the operator allows it, by http too', () => {
    const allowed = parseAllowedHosts(' 127.0.0.1:9000, Hooks.Internal,[::1]:80 ')
    for (const url of [
      'http://127.0.0.1:9000/x',
      'http://hooks.internal/',
      'https://hooks.internal:8443',
      'http://[::1]/',
    ])
      expect(() => checkWebhookUrl(url, allowed), url).not.toThrow()
    for (const url of [
      'http://127.0.0.1:9001/',
      'http://127.0.0.1/',
      'http://a.hooks.internal/',
      'http://u:p@hooks.internal/',
      'ftp://hooks.internal/',
      'http://[::1]:81/',
    ])
      expect(() => checkWebhookUrl(url, allowed), url).toThrow(/^webhookUrl/)
    for (const text of ['http://a', 'a:b', 'a/b', 'u@a', 'a b', '::1'])
      expect(() => parseAllowedHosts(text)).toThrow(/HOST/)
    expect(parseAllowedHosts('')).toEqual([])
  })
})

describe('after an attempt', () => {
  const now = new Date('2026-11-23T00:00:00.000Z')
  const after = (
    outcome: Outcome,
    attempts = 1,
    random = 0,
    type: 'video.failed' | 'video.progress' = 'video.failed',
  ) => afterAttempt({ type, attempts }, outcome, { now, random })
  const secondsUntil = ({ nextAttemptAt = '' }: { nextAttemptAt?: string | undefined }) =>
    (Date.parse(nextAttemptAt) - now.getTime()) / 1000

  it('2xx is delivered, whatever attempt it was', () => {
    for (const status of [200, 204, 299])
      expect(after({ status }, 8)).toMatchObject({ state: 'delivered', deliveredAt: now.toISOString() })
  })

  it('comes again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h, and is given up', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((attempts) => secondsUntil(after({ status: 500 }, attempts)))
    expect(waits).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 36_000])
    expect(waits.reduce((sum, wait) => sum + wait)).toBeGreaterThan(86_400)
    expect(after({ status: 500 }, 8)).toMatchObject({ state: 'given-up', lastAnswer: '500' })
    expect(secondsUntil(after({ reason: 'silence' }, 1, 0.999))).toBeCloseTo(6, 1)
  })

  it('progress is not worth more than three attempts', () => {
    expect(secondsUntil(after({ status: 500 }, 2, 0, 'video.progress'))).toBe(300)
    expect(after({ status: 500 }, 3, 0, 'video.progress')).toMatchObject({ state: 'given-up' })
  })

  it('Retry-After is waited for, up to a day', () => {
    expect(secondsUntil(after({ status: 429, retryAfterMs: 60_000 }))).toBe(60)
    expect(secondsUntil(after({ status: 429, retryAfterMs: 1000 }))).toBe(5)
    expect(secondsUntil(after({ status: 503, retryAfterMs: 1e12 }))).toBe(86_400)
    expect(retryAfterMsOf('120', now)).toBe(120_000)
    expect(retryAfterMsOf('Mon, 23 Nov 2026 00:01:00 GMT', now)).toBe(60_000)
    expect(retryAfterMsOf('Mon, 23 Nov 2020 00:01:00 GMT', now)).toBe(0)
    expect(retryAfterMsOf('soon', now)).toBeUndefined()
  })

  it('410, and what can never be sent, is given up at once', () => {
    expect(after({ status: 410 })).toMatchObject({ state: 'given-up' })
    expect(after({ reason: 'not allowed', isFinal: true })).toMatchObject({
      state: 'given-up',
      lastAnswer: 'not allowed',
    })
  })
})

it('a message’s id is made of its fact, tells its video, and has no dot', () => {
  const video = newVideoId()
  expect(messageId(video, 'video.started 1')).toBe(messageId(video, 'video.started 1'))
  expect(messageId(video, 'video.started 2')).not.toBe(messageId(video, 'video.started 1'))
  expect(messageId(newVideoId(), 'video.started 1')).not.toBe(messageId(video, 'video.started 1'))
  expect(messageId(video, 'a')).toMatch(/^msg_[\w-]{22}_[\w-]{22}$/)
  expect(videoIdIn(messageId(video, 'a'))).toBe(video)
  expect(videoIdIn('msg_x')).toBeUndefined()
})
