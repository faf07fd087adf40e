import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ServiceError } from '../../core/errors.ts'
import { withKey } from '../../lambdas/service-key.ts'
import { keyOf } from '../../providers/calls/keys.ts'
import { credentials, type Endpoint, type Reply, startEndpoint } from './aws-endpoint.ts'

let reply: () => Reply
let endpoint: Endpoint

beforeAll(async () => {
  endpoint = await startEndpoint(() => reply())
  Object.assign(process.env, credentials, { AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint.url, AWS_MAX_ATTEMPTS: '1' })
  return () => endpoint.close()
})
afterEach(() => {
  endpoint.calls.length = 0
})

/** Secrets are cached by their id, so each test has one of its own. */
function secret(id: string, value: string): void {
  process.env['CLIPFORGE_SECRET_ID'] = id
  reply = () => ({ body: JSON.stringify({ ARN: `arn:${id}`, Name: id, SecretString: value, VersionId: '1' }) })
}
const refused = () =>
  new ServiceError('AccountError', 'OpenAI does not accept the key in OPENAI_API_KEY (401)', { charges: [] })

describe("a service's key", () => {
  it('is read from the secret once in five minutes and is in no environment variable', async () => {
    secret('plain', 'sk-plain-1234')
    const used: unknown[] = []
    for (const _ of [1, 2]) await withKey('openai', async () => void used.push(keyOf('openai')))
    expect(used).toEqual(['sk-plain-1234', 'sk-plain-1234'])
    expect(endpoint.calls.map(({ target }) => target)).toEqual(['secretsmanager.GetSecretValue'])
    expect(JSON.stringify(process.env)).not.toContain('sk-plain-1234')
  })

  it('may be in JSON', async () => {
    secret('json', '{"key": "sk-json-1234"}')
    await withKey('openai', async () => expect(keyOf('openai')).toBe('sk-json-1234'))
  })

  it('is read anew when the service does not accept it: a rotated one works at once', async () => {
    secret('rotated', 'sk-old-1234')
    await withKey('openai', async () => {})
    secret('rotated', 'sk-new-1234')
    const used: unknown[] = []
    await withKey('openai', async () => {
      used.push(keyOf('openai'))
      if (keyOf('openai') === 'sk-old-1234') throw refused()
    })
    expect(used).toEqual(['sk-old-1234', 'sk-new-1234'])
  })

  it('is not tried again when the secret still has the same', async () => {
    secret('wrong', 'sk-wrong-1234')
    let times = 0
    const work = async () => {
      times++
      throw refused()
    }
    await expect(withKey('openai', work)).rejects.toMatchObject({
      name: 'AccountError',
      message: 'OpenAI does not accept the key in the secret wrong (401)',
    })
    expect(times).toBe(1)
  })

  it.each(['', 'not-set', '{}', '{"key": ""}', 'REPLACE-ME', '<your key>', 'set me', '{"broken'])(
    'says how to set it while the secret holds %o',
    async (value) => {
      secret(`placeholder ${value}`, value)
      await expect(withKey('openai', async () => {})).rejects.toMatchObject({
        name: 'AccountError',
        message: expect.stringContaining('aws secretsmanager put-secret-value'),
      })
    },
  )

  it('says so when there is no secret, or none with a value', async () => {
    secret('absent', '')
    reply = () => ({ status: 400, body: '{"__type":"ResourceNotFoundException","Message":"no value"}' })
    await expect(withKey('openai', async () => {})).rejects.toMatchObject({
      name: 'AccountError',
      message: expect.stringContaining('cannot be read (ResourceNotFoundException)'),
    })
  })

  it('is a TransientError while Secrets Manager is out of order', async () => {
    secret('down', '')
    reply = () => ({ status: 500, body: '{"__type":"InternalServiceError","Message":"out of order"}' })
    await expect(withKey('openai', async () => {})).rejects.toMatchObject({ name: 'TransientError' })
  })
})
