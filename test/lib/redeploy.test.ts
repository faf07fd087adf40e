// A stack cannot take away or change what another one still imports, and they are deployed one after the other: so what
// is imported before a change of deploy.json must be there, the same, after it.
import { generateKeyPairSync } from 'node:crypto'
import { Template } from 'aws-cdk-lib/assertions'
import { expect, test } from 'vitest'
import type { RawConfig } from '../../lib/config.ts'
import { testApp } from './synth.ts'

type Json = { Outputs?: Record<string, { Value: unknown; Export?: { Name: string } }> }

async function crossings(config: RawConfig) {
  const { stacks } = await testApp(config, { nag: false })
  const templates = Object.values(stacks).map((stack) => Template.fromStack(stack).toJSON() as Json)
  const outputs = templates.flatMap(({ Outputs = {} }) => Object.values(Outputs))
  const imported = JSON.stringify(templates).matchAll(/"Fn::ImportValue":"([^"]+)"/g)
  return {
    exports: new Map(outputs.flatMap(({ Value, Export }) => (Export ? [[Export.Name, JSON.stringify(Value)]] : []))),
    imports: new Set([...imported].map(([, name]) => name!)),
  }
}

const publicKey = () =>
  generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).publicKey
const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000'
const before = await crossings({})

test('there is something to hold on to', () => expect(before.imports.size).toBeGreaterThan(20))

test.each<[string, RawConfig]>([
  ['keys of one’s own', { signingPublicKeys: [publicKey(), publicKey()] }],
  ['a domain', { domain: { name: 'videos.example.com', certificateArn } }],
  ['a service less', { services: { openai: { concurrency: 5 } } }],
  ['another size', { size: 'enterprise' }],
  ['somebody to tell', { alertEmail: 'ops@example.com' }],
])('%s can be deployed over what is there', async (_, config) => {
  const { exports } = await crossings(config)
  const gone = [...before.imports].filter((name) => exports.get(name) !== before.exports.get(name))
  expect(gone).toEqual([])
})
