// ClipForge's tools for AI assistants (https://modelcontextprotocol.io): thin over the HTTP API, whoever asks it.
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import product from '../package.json' with { type: 'json' }
import type { Ask } from './mcp/ask.ts'
import { addChanging } from './mcp/changing.ts'
import { addLooking } from './mcp/looking.ts'
import { addMaking } from './mcp/making.ts'
import type { PageLink } from './mcp/told.ts'

export type Setting = {
  ask: Ask
  /** How long a tool may wait for a video before it answers. */
  longestWaitSeconds: number
  /** Where people look at a video; absent where nobody knows. */
  pageLink?: PageLink
  /** An Idempotency-Key for a call, where calls have ids that no other session uses. */
  idempotencyKey?: (requestId: string | number) => string
}

const instructions = [
  'ClipForge makes short narrated videos of a script, with a picture for each scene, captions and music.',
  'Write the script yourself, as it is to be spoken, and give each scene its text if pictures have to fit closely.',
  'quote_video tells the price and costs nothing; make_video begins and answers at once; video_status says how far it is, and has the links when it is done.',
  'Of a finished video one picture (redo_picture) or one line (change_line) can be changed without making the rest anew.',
  'Give people the links as they are: they work without a key for about a day. share_video makes one that stays.',
].join('\n')

export function mcpServer(setting: Setting): McpServer {
  const server = new McpServer(
    { name: 'clipforge', title: 'ClipForge', version: product.version },
    { instructions, maxToolInputElements: 1000 },
  )
  addMaking(server, setting)
  addLooking(server, setting)
  addChanging(server, setting)
  return server
}
