// No test reaches anything but this machine: every connection of this process and, through NODE_OPTIONS, of all its
// child processes goes to the loopback interface or fails. Nor do keys of the person who runs the tests get in.
import { Socket } from 'node:net'

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i
const connect = Socket.prototype.connect

Socket.prototype.connect = function (...given) {
  // node:net normalises its arguments into an array, with the options first, before it comes here a second time.
  const [first, second] = Array.isArray(given[0]) ? given[0] : given
  const isOptions = typeof first === 'object' && first !== null
  const path = isOptions ? first.path : typeof first === 'string' && Number.isNaN(Number(first)) ? first : undefined
  const host = (isOptions ? first.host : typeof second === 'string' ? second : undefined) ?? 'localhost'
  if (path === undefined && !loopback.test(host)) {
    const error = Object.assign(new Error(`a test may not reach ${host}`), { code: 'ENOTFOUND', hostname: host })
    queueMicrotask(() => this.destroy(error))
    return this
  }
  return connect.apply(this, given)
}

for (const name of Object.keys(process.env))
  if (/^(?:OPENAI|ELEVENLABS|GEMINI|GOOGLE)_(?!.*BASE_URL)/.test(name) && !process.env[name].startsWith('test-key'))
    delete process.env[name]
