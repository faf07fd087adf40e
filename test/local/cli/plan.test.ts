import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { plan, planOf, type PlanOptions } from '../../../local/cli/plan.ts'
import { clipforge } from './clipforge.ts'

const today = '2026-11-23'

/** What is printed, without colours. */
function printed(options: PlanOptions): string[] {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  plan(options)
  return write.mock.calls.flatMap(([text]) =>
    String(text)
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/\u001B\[\d+m/g, '')
      .trimEnd()
      .split('\n'),
  )
}

/** '−$1,234.50' in micro-dollars. */
function microUsd(text: string): number {
  return Math.round(Number(text.replace('−', '-').replaceAll(/[$,]/g, '')) * 1e6)
}

afterEach(() => vi.restoreAllMocks())

describe('plan', () => {
  it.each(['100', '10000', '40000'])('of %s videos fits 100 columns, and its lines add up', (videosPerMonth) => {
    const lines = printed({ videosPerMonth })
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(100)
    const costs = lines.flatMap((line) => /^ [^ ].{33} +(−?\$[\d,]+\.\d\d)(?: {2}|$)/.exec(line)?.[1] ?? [])
    const total = lines
      .find((line) => line.startsWith('total'))!
      .split(' ')
      .at(-1)!
    expect(costs.length).toBeGreaterThan(20)
    expect(costs.reduce((sum, cost) => sum + microUsd(cost), 0)).toBe(microUsd(total))
  })

  it('shows the projections of the requirements beside it', () => {
    const text = printed({ videosPerMonth: '3000', peakPerHour: '30' }).join('\n')
    expect(text).toMatch(/^ +100 +30–40 +150 +~200 +~255 +\| \$/m)
    expect(text).toMatch(/^ +1,000 +300–400 +400 +~750 +~1,150 +\| \$/m)
    expect(text).toMatch(/^ +10,000 +3,000–4,000 +1,500 +~5,500 +~6,500 +\| \$/m)
    expect(text).toMatch(/^ +3,000 +\| \$[\d,.]+ +\$[\d,.]+ +\$[\d,.]+$/m)
    expect(text).toContain('size medium')
    expect(text).toContain('The busiest hour: 30 videos')
  })

  it('says when the size is smaller than the peak', () => {
    const text = printed({ videosPerMonth: '1000', peakPerHour: '40', size: 'small' }).join('\n')
    expect(text).toContain('more than size small is meant for (10 an hour)')
  })

  it('as JSON is one object with every line, price and wait', () => {
    const [line, ...more] = printed({ videosPerMonth: '1000', json: true })
    expect(more).toEqual([])
    const planned = JSON.parse(line!)
    expect(planned).toMatchObject({
      type: 'plan',
      videosPerMonth: 1000,
      peakPerHour: 10,
      isPeakDerived: true,
      size: 'small',
      preset: 'standard',
      region: 'us-east-1',
      bill: { currency: 'USD', groups: expect.any(Array), perVideo: { totalMicroUsd: expect.any(Number) } },
      volumes: [{ videosPerMonth: 100 }, { videosPerMonth: 1000 }, { videosPerMonth: 10_000 }],
      peakHour: { medianSeconds: expect.any(Number), p95Seconds: expect.any(Number), conclusion: expect.any(String) },
      prices: { transitions: { usd: 0.025, per: 1000, source: expect.any(String), date: expect.any(String) } },
    })
    for (const { what, how, costMicroUsd } of planned.bill.lines) {
      expect(how, what).toMatch(/ = −?\$[\d,]+\.\d\d$/)
      expect(Number.isInteger(costMicroUsd)).toBe(true)
    }
    expect(planned.volumes[1].totalMicroUsd).toBe(planned.bill.totalMicroUsd)
  })

  it('costs less AI with a cheaper preset, and none when all is embedded', () => {
    const [standard, thrifty, embedded] = ['standard', 'thrifty', 'embedded'].map(
      (preset) => planOf({ videosPerMonth: '10000', preset }, today).bill.servicesMicroUsd,
    )
    expect(thrifty!).toBeLessThan(standard!)
    expect(embedded).toBe(0)
  })

  it.each<[PlanOptions, string]>([
    [{}, '--videos-per-month: must be given; for example --videos-per-month 1000'],
    [{ videosPerMonth: '0' }, "--videos-per-month: must be a whole number from 1 to 500,000 (it is '0')"],
    [{ videosPerMonth: 'many' }, "--videos-per-month: must be a whole number from 1 to 500,000 (it is 'many')"],
    [{ peakPerHour: '1.5' }, "--peak-per-hour: must be a whole number from 1 to 5,000 (it is '1.5')"],
    [{ size: 'huge' }, "--size: must be one of small, medium, enterprise (it is 'huge')"],
    [{ preset: 'cheap' }, "--preset: must be one of standard, thrifty, best, embedded (it is 'cheap')"],
    [{ seconds: '4' }, "--seconds: must be a whole number from 5 to 600 (it is '4')"],
    [{ pictures: '-1' }, "--pictures: must be a whole number from 1 to 100 (it is '-1')"],
    [{ region: 'eu-west-1' }, "--region: prices are known for us-east-1 only (it is 'eu-west-1'); leave it out"],
  ])('refuses %o', (options, message) => {
    const given = Object.keys(options).length === 0 ? {} : { videosPerMonth: '10', ...options }
    expect(() => planOf(given, today)).toThrow(message)
  })
})

describe('clipforge plan', () => {
  const home = mkdtempSync(join(tmpdir(), 'clipforge-plan-'))

  it('prints one object, or one line about a mistake with exit code 2', async () => {
    const [well, badly] = await Promise.all([
      clipforge(['plan', '--videos-per-month', '200', '--json'], { home }),
      clipforge(['plan', '--videos-per-month', 'x'], { home }),
    ])
    expect(well).toMatchObject({ code: 0, stderr: '', events: [{ type: 'plan', videosPerMonth: 200 }] })
    expect(badly).toMatchObject({ code: 2, stdout: '' })
    expect(badly.stderr).toBe("clipforge: --videos-per-month: must be a whole number from 1 to 500,000 (it is 'x')\n")
  })
})
