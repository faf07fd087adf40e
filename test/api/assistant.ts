// The SDK's own client, as an assistant has it.
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { onTestFinished } from 'vitest'
import { program } from '../local/cli/clipforge.ts'

export async function overHttp(url: string, key: string): Promise<Client> {
  const requestInit = { headers: { authorization: `Bearer ${key}` } }
  return connected(new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit }))
}

/** `clipforge mcp` in a process of its own. */
export async function overStdio(env: Record<string, string>): Promise<Client> {
  const inherited = process.env as Record<string, string>
  return connected(
    new StdioClientTransport({
      command: process.execPath,
      args: [program, 'mcp'],
      env: { ...inherited, ...env },
      stderr: 'ignore',
    }),
  )
}

export async function use(client: Client, name: string, given: Record<string, unknown> = {}, options = {}) {
  const answer = await client.callTool({ name, arguments: given }, undefined, options)
  const text = (answer.content as { text: string }[]).map((part) => part.text).join('\n')
  return { told: (answer.structuredContent ?? {}) as Record<string, unknown>, text, isError: answer.isError === true }
}

async function connected(transport: Parameters<Client['connect']>[0]): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  onTestFinished(() => client.close())
  await client.connect(transport)
  return client
}
