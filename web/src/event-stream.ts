// Server-sent events out of a fetched body: EventSource can send no key.
export type ServerEvent = { id?: string; name: string; data: unknown }

/** Events whose data is JSON, as they come; comments and events without data are left out. */
export async function* readEvents(response: Response): AsyncGenerator<ServerEvent> {
  if (!response.body) return
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      const blocks = (rest + value).split(/\r?\n\r?\n/)
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const event = eventIn(block)
        if (event) yield event
      }
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

function eventIn(block: string): ServerEvent | undefined {
  const lines = block.split(/\r?\n/).map((line) => /^(\w+):? ?(.*)$/s.exec(line))
  const fields = lines.flatMap((match) => (match ? [{ field: match[1]!, value: match[2]! }] : []))
  const last = (wanted: string) => fields.findLast(({ field }) => field === wanted)?.value
  const data = fields.filter(({ field }) => field === 'data').map(({ value }) => value)
  if (data.length === 0) return undefined
  return { id: last('id'), name: last('event') ?? 'message', data: JSON.parse(data.join('\n')) as unknown }
}
