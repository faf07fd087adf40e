import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { services } from '../../../core/models.ts'
import { quote } from '../../../local/cli/quote.ts'

const script = 'The goat ate the garden. It ate the roses first. Then it ate the fence, slowly, and slept until noon.'
const folder = mkdtempSync(join(tmpdir(), 'clipforge-quote-'))

function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** What is printed, without colours. */
async function printed(...args: Parameters<typeof quote>): Promise<string> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  await quote(...args)
  // oxlint-disable-next-line no-control-regex
  return write.mock.calls.map(([text]) => String(text).replaceAll(/\u001B\[\d+m/g, '')).join('')
}

beforeEach(() => {
  for (const { keyNames, baseUrlName } of Object.values(services))
    for (const name of [...keyNames, baseUrlName]) vi.stubEnv(name, undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

describe('quote', () => {
  it('is nothing without a key, and says what keys would cost', async () => {
    const lines = (await printed(file('goat.txt', script), {})).split('\n')
    expect(lines.find((line) => line.startsWith('total'))).toMatch(/ \$0\.00$/)
    expect(lines).toContainEqual(expect.stringMatching(/^illustrate +embedded +\d images +\$0\.00$/))
    expect(lines).toContain('with no key set: standard $0.00, thrifty $0.00, best $0.00, embedded $0.00')
    expect(lines).toContainEqual(expect.stringMatching(/^with the keys of all services: standard \$0\.0[1-9]/))
  })

  it('has a line for each role, and what is guessed below', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'test-key')
    const text = await printed(file('goat.txt', script), { scenes: '3' })
    expect(text).toMatch(/^illustrate +openai\/gpt-image-2\.5-flare +3 images +\$0\.02\d*( \[1\])?$/m)
    expect(text).toMatch(/^align +openai\/whisper-1 +\d+ seconds +\$0\.00\d\d$/m)
    expect(text).toMatch(/^\[1\] .*$/m)
    expect(text).toMatch(/^with the keys of OpenAI: standard /m)
  })

  it('is one object as JSON', async () => {
    vi.stubEnv('ELEVENLABS_API_KEY', 'test-key')
    const quoted = JSON.parse(await printed(file('goat.txt', script), { json: true }))
    expect(quoted).toMatchObject({
      type: 'quote',
      currency: 'USD',
      totalMicroUsd: 20 * script.length,
      choices: { narrate: 'eleven_v4_turbo', illustrate: 'embedded' },
      notices: [],
      presets: { withKeys: { services: ['elevenlabs'], costMicroUsd: { best: 80 * script.length } } },
    })
  })

  it('of a topic needs somebody who writes', async () => {
    const path = file('topic.json', '{"topic": "goats"}')
    await expect(quote(path, {})).rejects.toThrow(/^topic: writing a script from a topic needs a writer's key/)
    vi.stubEnv('GEMINI_API_KEY', 'test-key')
    expect(await printed(path, {})).toMatch(/^write +gemini\/gemini-3\.8-flash +\d+ tokens +\$0\.00\d\d \[1\]$/m)
  })
})
