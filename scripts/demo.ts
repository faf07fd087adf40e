// npm run demo: a real video on the embedded defaults. With `-- --providers loopback` the whole way with keys, for a
// person without any: OpenAI, ElevenLabs and Gemini are servers on this machine that speak their wire format (their
// voice is a tone a word). Whatever else is given goes to `clipforge make`.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { parseArgs } from 'node:util'

const { providers, rest } = argumentsOf(process.argv.slice(2))
if (providers === undefined) make('out/coffee', {})
else if (providers === 'loopback') make('out/coffee-loopback', await loopback())
else {
  process.stderr.write(`demo: --providers knows 'loopback' only (it is '${String(providers)}')\n`)
  process.exit(2)
}

function argumentsOf(given: string[]) {
  const { values, tokens } = parseArgs({
    args: given,
    options: { providers: { type: 'string' } },
    strict: false,
    tokens: true,
  })
  const ours = tokens.find((token) => token.kind === 'option' && token.name === 'providers')
  const length = ours?.kind === 'option' && ours.inlineValue === false ? 2 : 1
  return { providers: values.providers, rest: ours ? given.toSpliced(ours.index, length) : given }
}

/** As slow as the services are, so that what is seen is what is to be expected. */
async function loopback(): Promise<Record<string, string>> {
  const { startOpenAI } = await import('../test/loopback/openai.ts')
  const { startElevenLabs } = await import('../test/loopback/elevenlabs.ts')
  const { startGemini } = await import('../test/loopback/gemini.ts')
  const [openai, elevenlabs, gemini] = await Promise.all([
    startOpenAI({ delayMs: ({ path }) => (path.includes('images') ? 8000 : 3000) }),
    startElevenLabs({ delayMs: () => 7000 }),
    startGemini({ delayMs: ({ path }) => (path.includes('banana') || path.includes('image') ? 8000 : 3000) }),
  ])
  process.stdout.write('OpenAI, ElevenLabs and Gemini are servers on this machine: every word is a tone.\n')
  return {
    OPENAI_BASE_URL: `${openai.url}/v1`,
    OPENAI_API_KEY: 'test-key-openai',
    ELEVENLABS_BASE_URL: elevenlabs.url,
    ELEVENLABS_API_KEY: 'test-key-elevenlabs',
    GOOGLE_GEMINI_BASE_URL: gemini.url,
    GEMINI_API_KEY: 'test-key-gemini',
  }
}

function make(out: string, env: Record<string, string>) {
  const args = ['bin/clipforge.ts', 'make', 'examples/coffee.txt', '--out', out, ...rest]
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  // Ctrl-C reaches the child as well; it says what can be done then.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal!]))
}
