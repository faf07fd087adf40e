// One instance of a Lambda: a process with the bundle in it, one event at a time, as the runtime hands them over.
//   node function-process.ts <bundle folder>
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export type Invocation = { id: string; name: string; event: unknown; timeoutSeconds: number }
export type Answered = { id: string; value?: unknown; error?: { errorType: string; errorMessage: string } }

type Handler = (event: unknown, context: object) => Promise<unknown>
const { handler } = (await import(pathToFileURL(join(process.argv[2]!, 'index.mjs')).href)) as { handler: Handler }

process.on('message', ({ id, name, event, timeoutSeconds }: Invocation) => {
  const endsAt = Date.now() + timeoutSeconds * 1000
  const context = {
    awsRequestId: id,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
    memoryLimitInMB: '1024',
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'stream',
    getRemainingTimeInMillis: () => endsAt - Date.now(),
  }
  Promise.try(handler, event, context).then(
    (value) => answer({ id, value: value ?? null }),
    (error: unknown) => {
      const { name: errorType, message } = error instanceof Error ? error : new Error(String(error))
      answer({ id, error: { errorType, errorMessage: message } })
    },
  )
})
process.on('disconnect', () => process.exit())

function answer(answered: Answered) {
  process.send!(answered)
}
