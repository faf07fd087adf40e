// The whole installation against AwsSolutions and the CDK's own rules, as `npm run synth` checks it.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RawConfig } from '../../lib/config.ts'
import { testApp } from './synth.ts'

const installations: [string, RawConfig][] = [
  ['a small one', {}],
  ['a medium one', { size: 'medium', services: { openai: { concurrency: 5 } } }],
  [
    'an enterprise with a replica, a domain and an address',
    {
      size: 'enterprise',
      replicaRegion: 'us-west-2',
      alertEmail: 'operators@clipforge.example',
      domain: {
        name: 'video.clipforge.example',
        certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555',
      },
    },
  ],
  ['one of another region', { region: 'eu-central-1', replicaRegion: 'eu-west-1' }],
]

describe('AwsSolutions', () => {
  it.each(installations)('finds nothing in %s that is not accepted for a reason', async (_, raw) => {
    const { app } = await testApp(raw, { nag: true })
    expect(findings(() => app.synth(), app.outdir)).toStrictEqual([])
  })

  it('is answered with reasons that say something', async () => {
    const { app } = await testApp(installations[2]![1])
    const reasons = app.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
    expect(reasons.length).toBeGreaterThan(10)
    expect(reasons.filter(([, reason]) => reason.length < 20)).toStrictEqual([])
  })
})

describe("the CDK's own rules", () => {
  // A process of its own: the rules are switched off for the other tests when the library is loaded.
  it('find nothing in the largest installation', { timeout: 120_000 }, () => {
    const script = `
      const { testApp } = await import('./test/lib/synth.ts')
      const { app } = await testApp(${JSON.stringify(installations[2]![1])}, { nag: true })
      app.synth()`
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: join(import.meta.dirname, '../..'),
      env: { ...process.env, CDK_VALIDATION: 'true', VITEST: '' },
      encoding: 'utf8',
    })
    expect(
      stderr.match(/^(?:ERROR|WARNING) .*/gm)?.filter((line) => !line.includes('placeholders')) ?? [],
    ).toStrictEqual([])
    expect(status).toBe(0)
  })
})

/** What the synthesis stumbles over, by rule and construct. */
function findings(synthesise: () => unknown, outdir: string): string[] {
  const quiet = console.error
  console.error = () => {}
  try {
    synthesise()
    return []
  } catch {
    return [
      ...readFileSync(join(outdir, 'validation-report.json'), 'utf8').matchAll(
        /"(?:ruleName|constructPath)": ?"(.*)"/g,
      ),
    ].map(([, what]) => what!)
  } finally {
    console.error = quiet
  }
}
