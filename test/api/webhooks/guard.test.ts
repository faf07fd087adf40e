import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guardedAgent, type Lookup } from '../../../api/webhooks/guard.ts'
import { openPost, type Post } from '../../../api/webhooks/post.ts'
import { startReceiver } from './receiver.ts'

let receiver: Awaited<ReturnType<typeof startReceiver>>
let close = async () => {}
beforeEach(async () => {
  receiver = await startReceiver(() => 'whsec_c2VjcmV0')
})
afterEach(async () => {
  await close()
  close = async () => {}
  await receiver.close()
})
function open(lookup: Lookup, allowed: string[] = []): Post {
  const opened = openPost({ allowed, lookup })
  close = opened.close
  return opened.post
}
const to =
  (...addresses: string[]) =>
  async () =>
    addresses.map((address) => ({ address }))
const message = { headers: {}, body: '{}' }
const portOf = (host: string) => host.split(':')[1]

describe('a name', () => {
  it.each([
    '127.0.0.1',
    '10.0.0.8',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '168.63.129.16',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    'ff02::1',
    '2001:db8::1',
  ])('that stands for %s is not called, even beside a public address', async (address) => {
    const { port } = new URL(receiver.url)
    const outcome = await open(to('93.184.216.34', address))(`https://hooks.example:${port}/`, message)
    expect(outcome).toMatchObject({
      reason: 'the host has no public address',
      refused: expect.stringContaining('hooks.example'),
    })
  })

  it('that nobody knows is told of in the same words', async () => {
    const unknown = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }))
    expect(await open(unknown)('https://hooks.example/', message)).toEqual({ reason: 'the host has no public address' })
  })

  // No test reaches anything but this machine: the attempt to, at exactly that address, is what can be seen.
  it.each(['93.184.216.34', '2606:4700::1111', '64:ff9b::5db8:d822'])(
    'that stands for %s is called there',
    async (address) => {
      const looked: string[] = []
      const lookup: Lookup = async (name) => (looked.push(name), to(address)())
      const agent = guardedAgent({ allowed: [], lookup })
      const request = agent.request({ origin: 'https://hooks.example:8443', path: '/', method: 'POST' })
      await expect(request).rejects.toThrow(`a test may not reach ${address}`)
      await agent.close()
      expect(looked).toEqual(['hooks.example'])
    },
  )

  it('that is looked up again is called at an address that was looked at', async () => {
    const answers = ['93.184.216.34', '127.0.0.1']
    const lookup: Lookup = async () => [{ address: answers.shift() ?? '127.0.0.1' }]
    const post = open(lookup)
    const url = `https://hooks.example:${portOf(receiver.host)}/`
    expect(await post(url, message)).not.toHaveProperty('refused')
    expect(await post(url, message)).toHaveProperty('refused')
    expect(receiver.told).toEqual([])
  })
})

describe('what an operator allows', () => {
  it('is called by http, wherever it is, at that port only', async () => {
    const port = portOf(receiver.host)
    const post = open(to('127.0.0.1'), [`hooks.internal:${port}`])
    // Whether it was reached: without a signature it says 400.
    expect(await post(`http://hooks.internal:${port}/hook`, message)).toEqual({ status: 400 })
    expect(await post(`http://hooks.internal:1/hook`, message)).toMatchObject({ isFinal: true })
    expect(await post(`http://other.internal:${port}/hook`, message)).toMatchObject({ isFinal: true })
    expect(await post(`https://hooks.example:${port}/hook`, message)).toHaveProperty('refused')
  })
})

it.each([
  'http://93.184.216.34/',
  'https://127.0.0.1:8443/',
  'https://[::1]:8443/',
  'ftp://a.example/',
  'javascript:0',
])('%s is not looked up at all', async (url) => {
  const looked: string[] = []
  const lookup: Lookup = async (name) => (looked.push(name), [])
  expect(await open(lookup)(url, message)).toMatchObject({ isFinal: true })
  expect(looked).toEqual([])
})
