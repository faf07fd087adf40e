// DynamoDB on the loopback interface (dynalite, in memory), with our table in it.
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
// @ts-expect-error it has no types
import dynalite from 'dynalite'
import { tableSchema } from '../../stores/videos/dynamodb/schema.ts'

export type LoopbackDynamo = {
  /** 'http://127.0.0.1:1234' */
  url: string
  table: string
  /** What the SDK and ours find in the environment. */
  environment: Record<string, string>
  client: DynamoDBClient
  /** Another table like the first, empty. */
  addTable: () => Promise<string>
  close: () => Promise<void>
}

export async function startDynamo(): Promise<LoopbackDynamo> {
  const server: Server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test-secret' }
  const client = new DynamoDBClient({ endpoint: url, region: 'us-east-1', credentials })
  let tables = 0
  const addTable = () => makeTable(client, `clipforge-${++tables}`)
  const table = await addTable()

  return {
    url,
    table,
    environment: {
      AWS_ENDPOINT_URL_DYNAMODB: url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      CLIPFORGE_TABLE: table,
    },
    client,
    addTable,
    async close() {
      client.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function makeTable(client: DynamoDBClient, name: string): Promise<string> {
  const { partitionKey, sortKey, indexes } = tableSchema
  const places = [{ partitionKey, sortKey }, ...Object.values(indexes)]
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: places
        .flatMap((place) => [place.partitionKey, place.sortKey])
        .map((attribute) => ({ AttributeName: attribute, AttributeType: 'S' as const })),
      KeySchema: keysOf({ partitionKey, sortKey }),
      GlobalSecondaryIndexes: Object.entries(indexes).map(([index, keys]) => ({
        IndexName: index,
        KeySchema: keysOf(keys),
        Projection: { ProjectionType: 'ALL' as const },
      })),
    }),
  )
  // The double, too, makes it after it has answered.
  while (!(await isThere(client, name)));
  return name
}

async function isThere(client: DynamoDBClient, name: string): Promise<boolean> {
  const { Table: table } = await client.send(new DescribeTableCommand({ TableName: name }))
  return table?.TableStatus === 'ACTIVE'
}

function keysOf({ partitionKey, sortKey }: { partitionKey: string; sortKey: string }) {
  return [
    { AttributeName: partitionKey, KeyType: 'HASH' as const },
    { AttributeName: sortKey, KeyType: 'RANGE' as const },
  ]
}
