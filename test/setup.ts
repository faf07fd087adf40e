// oxlint-disable-next-line import/no-unassigned-import -- it guards whoever imports it
import './loopback-only.mjs'

const guard = new URL('loopback-only.mjs', import.meta.url).href
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import=${guard}`.trim()
for (const name of Object.keys(process.env))
  if (/^(?:OPENAI|ELEVENLABS|GOOGLE_GEMINI)_BASE_URL$/.test(name)) delete process.env[name]
