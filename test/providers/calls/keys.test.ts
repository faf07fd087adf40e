import { beforeEach, afterEach, expect, test, vi } from 'vitest'
import { services } from '../../../core/models.ts'
import { availableServices, baseUrlOf, keyOf, withoutSecrets } from '../../../providers/calls/keys.ts'

beforeEach(() => {
  for (const { keyNames, baseUrlName } of Object.values(services)) {
    for (const name of [...keyNames, baseUrlName]) vi.stubEnv(name, undefined)
  }
})
afterEach(() => void vi.unstubAllEnvs())

test('keys come from the environment, trimmed; an empty one is none', () => {
  expect(availableServices()).toEqual([])
  vi.stubEnv('OPENAI_API_KEY', '  ')
  vi.stubEnv('ELEVENLABS_API_KEY', ' a-key\n')
  expect(keyOf('openai')).toBeUndefined()
  expect(keyOf('elevenlabs')).toBe('a-key')
  expect(availableServices()).toEqual(['elevenlabs'])
})

test('GOOGLE_API_KEY wins over GEMINI_API_KEY', () => {
  vi.stubEnv('GEMINI_API_KEY', 'gemini-key')
  expect(keyOf('gemini')).toBe('gemini-key')
  vi.stubEnv('GOOGLE_API_KEY', 'google-key')
  expect(keyOf('gemini')).toBe('google-key')
  vi.stubEnv('GOOGLE_API_KEY', '')
  expect(keyOf('gemini')).toBe('gemini-key')
})

test("a server of one's own needs no key", () => {
  vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:8080/v1/')
  expect(baseUrlOf('openai')).toBe('http://127.0.0.1:8080/v1')
  expect(keyOf('openai')).toBe('none')
  expect(availableServices()).toEqual(['openai'])
  expect(withoutSecrets('none of it')).toBe('none of it')
})

test('a key that cannot stand in a header is named, not shown', () => {
  vi.stubEnv('OPENAI_API_KEY', 'se cret-ü')
  expect(() => keyOf('openai')).toThrow(/^OPENAI_API_KEY must be printable ASCII/)
  expect(() => keyOf('openai')).not.toThrow(/cret/)
})

test.each(['', '  ', 'api.openai.com', 'ftp://host', 'http//typo'])('%j is no address', (value) => {
  vi.stubEnv('ELEVENLABS_BASE_URL', value)
  vi.stubEnv('ELEVENLABS_API_KEY', 'a-key')
  expect(() => baseUrlOf('elevenlabs')).toThrow(`ELEVENLABS_BASE_URL must be an http(s) URL, not '${value}'`)
})

test('an address with a password is not shown', () => {
  vi.stubEnv('OPENAI_BASE_URL', 'https://me:pass@host/v1')
  expect(() => baseUrlOf('openai')).toThrow('without a user and a password (the value is not shown)')
})

test('no key of ours is left, byte by byte', () => {
  const key = 'a+key/with"every\\thing=='
  vi.stubEnv('OPENAI_API_KEY', key)
  vi.stubEnv('GEMINI_API_KEY', `${key}-and-more`)
  vi.stubEnv('GOOGLE_API_KEY', 'google-key')
  const text = `${key} ${key}-and-more ${encodeURIComponent(key)} ${JSON.stringify({ key })} google-key`
  expect(withoutSecrets(text)).toBe('[key] [key] [key] {"key":"[key]"} [key]')
})

test('what is plainly a key goes too, whosesoever it is', () => {
  const openai = 'Incorrect API key provided: sk-proj-********************abcd. You can find'
  expect(withoutSecrets(openai)).toBe('Incorrect API key provided: [key]. You can find')
  expect(withoutSecrets('sk_0123456789abcdef0123456789abcdef')).toBe('[key]')
  expect(withoutSecrets('?key=AIzaSyA-0123456789_0123456789abcdefgh&x')).toBe('?key=[key]&x')
  expect(withoutSecrets('authorization: Bearer abc.def-0123')).toBe('authorization: Bearer [key]')
  expect(withoutSecrets('to http://me:pass@proxy:80/ and')).toBe('to http://[key]@proxy:80/ and')
  expect(withoutSecrets('a risk-free, task-by-task sketch')).toBe('a risk-free, task-by-task sketch')
})
