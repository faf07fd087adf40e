/** What pages of other origins may send; API Gateway answers what browsers ask before they do. */
export const corsMethods = ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE']
/** The last is what clients of the tools at /mcp send. */
export const corsHeaders = [
  'Authorization',
  'X-Api-Key',
  'Content-Type',
  'Idempotency-Key',
  'Last-Event-ID',
  'MCP-Protocol-Version',
]
