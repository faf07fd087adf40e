// The templates as they are. A change of one shows here for a reviewer to read; run vitest with -u to accept it.
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { maskedTemplate, testApp } from './synth.ts'

type Stacks = Awaited<ReturnType<typeof testApp>>['stacks']
const names = [
  'data',
  'render',
  'delivery',
  'workflow',
  'api',
  'monitoring',
  'replica',
] as const satisfies (keyof Stacks)[]

let stacks: Stacks
beforeAll(async () => {
  ;({ stacks } = await testApp(
    { replicaRegion: 'us-west-2', alertEmail: 'operators@clipforge.example' },
    { nag: false },
  ))
  // All stacks at once, on a machine that may be busy with other tests.
}, 60_000)

describe('the templates', () => {
  it.each(names)('%s', async (name) => {
    const template = `${JSON.stringify(maskedTemplate(stacks[name]!), null, 1)}\n`
    await expect(template).toMatchFileSnapshot(join('templates', `${name}.template.snap`))
  })

  it('refer to each other by exports, which every tool knows, and have no function of the CDK', () => {
    for (const name of names)
      expect(JSON.stringify(maskedTemplate(stacks[name]!)).match(/Fn::GetStackOutput|"Custom::/g), name).toBeNull()
  })

  it('keep every log for 30 days', () => {
    const groups = names.flatMap((name) =>
      Object.entries((maskedTemplate(stacks[name]!) as Template).Resources).filter(
        ([, { Type }]) => Type === 'AWS::Logs::LogGroup',
      ),
    )
    expect(groups.length).toBeGreaterThan(20)
    expect(groups.filter(([, { Properties }]) => Properties.RetentionInDays !== 30)).toStrictEqual([])
  })

  it('refer to no second region where none is wanted', async () => {
    const { stacks: alone } = await testApp({}, { nag: false })
    expect(alone.replica).toBeUndefined()
    for (const stack of Object.values(alone))
      expect(
        JSON.stringify(maskedTemplate(stack)).match(/replica-|ReplicationConfiguration/g),
        stack.stackName,
      ).toBeNull()
  })
})

type Template = { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> }
