import { fileURLToPath } from 'node:url'

/** How to tell an assistant of it, with this machine's own paths. */
export function mcpHelp(): string {
  const args = [fileURLToPath(new URL('../../bin/clipforge.ts', import.meta.url)), 'mcp']
  const entry = { mcpServers: { clipforge: { command: process.execPath, args } } }
  return `
An assistant starts it by itself. Put this into the file where it keeps its MCP servers, and have 'npm start' running:

${JSON.stringify(entry, null, 2)}

Environment ("env" beside "args"):
  CLIPFORGE_URL   where the server runs (http://127.0.0.1:8000)
  CLIPFORGE_KEY   a key for it; a server on this machine with this CLIPFORGE_HOME needs none

Without this command: POST <server>/mcp is the same over HTTP, with 'Authorization: Bearer cf_…'.`
}
