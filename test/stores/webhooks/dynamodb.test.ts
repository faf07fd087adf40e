import { afterAll, beforeAll } from 'vitest'
import { openTable } from '../../../stores/videos/dynamodb/table.ts'
import { openDynamoWebhooks } from '../../../stores/webhooks/dynamodb.ts'
import { webhooksContract } from '../../contract/webhooks.ts'
import { type LoopbackDynamo, startDynamo } from '../../loopback/dynamodb.ts'

let dynamo: LoopbackDynamo
beforeAll(async () => {
  dynamo = await startDynamo()
})
afterAll(() => dynamo.close())

webhooksContract('DynamoDB', async () => {
  const name = await dynamo.addTable()
  return openDynamoWebhooks(openTable({ client: dynamo.client, name: () => name }))
})
