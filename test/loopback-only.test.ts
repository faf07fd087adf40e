import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'

const attempt = "fetch('https://api.openai.com/v1/models').catch(({ cause }) => console.log(cause.message))"

describe('the tests', () => {
  it('cannot reach a service, neither from here nor from a child process', async () => {
    await expect(fetch('https://api.openai.com/v1/models')).rejects.toMatchObject({
      cause: { message: 'a test may not reach api.openai.com' },
    })
    expect(execFileSync(process.execPath, ['-e', attempt], { encoding: 'utf8' })).toBe(
      'a test may not reach api.openai.com\n',
    )
  })

  it('cannot reach an address of the network either', async () => {
    await expect(fetch('http://192.0.2.1:8080')).rejects.toMatchObject({
      cause: { message: 'a test may not reach 192.0.2.1' },
    })
  })

  it('reach a server on the loopback interface', async () => {
    const server = createServer((_, response) => response.end('here')).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('here')
    expect(await (await fetch(`http://localhost:${port}`)).text()).toBe('here')
    server.close()
  })

  it('get no keys of whoever runs them', () => {
    const env = { ...process.env, OPENAI_API_KEY: 'sk-somebody', GEMINI_API_KEY: 'test-key-gemini' }
    const print = 'console.log(process.env.OPENAI_API_KEY, process.env.GEMINI_API_KEY)'
    expect(execFileSync(process.execPath, ['-e', print], { env, encoding: 'utf8' })).toBe('undefined test-key-gemini\n')
  })
})
