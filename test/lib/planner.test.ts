// What `clipforge plan` charges for is what the templates have.
import { expect, it } from 'vitest'
import { api, watch } from '../../core/capacity/usage.ts'
import { resourcesOf } from './flat.ts'
import { testApp } from './synth.ts'

const { stacks } = await testApp({}, { nag: false })
const propertiesOf = (stack: keyof typeof stacks, type: string) =>
  Object.values(resourcesOf(stacks[stack]!, type)).map(({ Properties }) => Properties)

it('the planner counts alarms by their metrics, dashboards, firewall rules, secrets and keys as they are', () => {
  const inAlarms = propertiesOf('monitoring', 'AWS::CloudWatch::Alarm').map(({ Metrics }) =>
    Metrics === undefined ? 1 : (Metrics as { MetricStat?: unknown }[]).filter(({ MetricStat }) => MetricStat).length,
  )
  expect(inAlarms.reduce((sum, count) => sum + count, 0)).toBe(watch.alarms)
  expect(propertiesOf('monitoring', 'AWS::CloudWatch::Dashboard')).toHaveLength(watch.dashboards)
  expect(propertiesOf('api', 'AWS::WAFv2::WebACL')[0]!['Rules']).toHaveLength(api.wafRules)
  expect(propertiesOf('data', 'AWS::SecretsManager::Secret')).toHaveLength(watch.secrets)
  expect(propertiesOf('data', 'AWS::KMS::Key')).toHaveLength(watch.keys)
})
