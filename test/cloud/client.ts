// What a client of the API does and sees, and what lies behind it in the stores.
import { setTimeout as sleep } from 'node:timers/promises'
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { expect } from 'vitest'
import type { Cloud, Servers } from './cloud.ts'
import type { ApiAnswer } from './gateway.ts'

type Scene = { picture: { link?: string; isOwn: boolean } }
export type Details = { status: string; scenes: Scene[]; links?: Record<string, string>; request: object }
export type Form = { url: string; fields: Record<string, string> }

export type Client = {
  ask: (method: string, path: string, body?: unknown) => Promise<ApiAnswer>
  /** Gives the id of the video that is going to be made. */
  accepted: (method: string, path: string, body?: unknown) => Promise<string>
  details: (id: string) => Promise<Details>
  until: (id: string, isSo: (video: Details) => unknown) => Promise<Details>
}

export function clientOf(cloud: Cloud, key: string): Client {
  const ask: Client['ask'] = (method, path, body) => cloud.request(key, method, path, body)
  const details: Client['details'] = async (id) => {
    const { status, body, text } = await ask('GET', `/v1/videos/${id}`)
    expect(status, text).toBe(200)
    return body as Details
  }
  return {
    ask,
    details,
    async accepted(method, path, body) {
      const answer = await ask(method, path, body)
      expect(answer.status, answer.text).toBe(202)
      return String(answer.body['id'])
    },
    async until(id, isSo) {
      for (;;) {
        const video = await details(id)
        if (isSo(video)) return video
        expect(video.status).toMatch(/queued|running/)
        await sleep(100)
      }
    },
  }
}

/** '200 image/jpeg 12345' */
export async function loaded(link: string): Promise<string> {
  const answer = await fetch(link)
  return [answer.status, answer.headers.get('content-type'), (await answer.arrayBuffer()).byteLength].join(' ')
}

/** CloudFront is not here: its links are signed, and name objects that are there. */
export async function linkedObjects(cloud: Cloud, { links = {} }: Details): Promise<string[]> {
  const keys = Object.values(links).map((link) => {
    const { host, pathname, searchParams } = new URL(link)
    expect(host).toBe('d111111abcdef8.cloudfront.net')
    expect(searchParams.get('Signature')).toBeTruthy()
    return pathname.slice(1)
  })
  for (const each of keys) expect(await cloud.stores.objects.head(each), each).toBeDefined()
  return keys
}

export async function sent({ url, fields }: Form, file: Buffer): Promise<number> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', new Blob([new Uint8Array(file)]), 'file')
  return (await fetch(url, { method: 'POST', body: form })).status
}

export function executionsOf(cloud: Cloud, id: string): string[] {
  const all = [...cloud.executions.executions.values()].filter(({ name }) => name.startsWith(id))
  return all.map(({ name, status }) => `${name} ${status}`)
}

export async function keysUnder(cloud: Cloud, prefix: string): Promise<string[]> {
  return (await cloud.stores.objects.list(prefix)).objects.map((object) => object.key)
}

export async function itemsOf(cloud: Cloud, servers: Servers, id: string): Promise<unknown[]> {
  const { Items = [] } = await DynamoDBDocumentClient.from(servers.dynamo.client).send(
    new QueryCommand({
      TableName: cloud.table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `VIDEO#${id}` },
    }),
  )
  return Items.map(({ sk }) => sk as unknown)
}
