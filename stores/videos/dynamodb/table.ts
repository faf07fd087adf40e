// The table as the stores use it: single items, each write with its condition. A condition that does not hold is an
// answer here and no error; what may go well later is a TransientError.
import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb'
import { InputError } from '../../../core/errors.ts'
import { inOurWords } from '../../aws-errors.ts'
import { tableSchema, type IndexName, type Key } from './schema.ts'

export type Item = Key & Record<string, unknown>
/** A condition's expression names every attribute as '#name' and every value as ':name'. */
export type Condition = { expression: string; values?: Record<string, unknown> }
export type Change = { set: Record<string, unknown>; remove?: string[] }
/** Items of one partition whose sort key is in a range (both ends included), of the table or of an index. */
export type Range = {
  index?: IndexName
  partition: string
  first?: string
  last?: string
  newestFirst?: boolean
  where?: Condition
  /** How many items to read at once. */
  pageSize?: number
}

export type Table = {
  /** As it is now: every write that was answered before shows. */
  get: (key: Key) => Promise<Item | undefined>
  /** Gives false when the condition does not hold. */
  put: (item: Item, condition?: Condition) => Promise<boolean>
  /** Gives the item as it is afterwards; undefined when the condition does not hold. */
  update: (key: Key, change: Change, condition: Condition) => Promise<Item | undefined>
  /** Gives false when the condition does not hold. */
  remove: (key: Key, condition?: Condition) => Promise<boolean>
  /** In the order of the sort key. Of the table: as it is now; an index is behind the table, mostly by milliseconds. */
  query: (range: Range) => AsyncGenerator<Item, void, void>
}

/** `name` is asked for when the table is first used. */
export function openTable({ client, name }: { client: DynamoDBClient; name: () => string }): Table {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })

  return {
    async get(key) {
      const { Item: item } = await calling('read', key, () =>
        documents.send(new GetCommand({ TableName: name(), Key: key, ConsistentRead: true })),
      )
      return item as Item | undefined
    },

    async put(item, condition) {
      const put = new PutCommand({ TableName: name(), Item: item, ...conditionOf(condition) })
      return (await calling('write', item, () => unlessRefused(documents.send(put)))) !== undefined
    },

    async update(key, { set, remove = [] }, condition) {
      const sets = Object.entries(set).filter(([, value]) => value !== undefined)
      const text = `SET ${sets.map(([attribute]) => `#${attribute} = :set_${attribute}`).join(', ')}`
      const expression = remove.length === 0 ? text : `${text} REMOVE ${remove.map((each) => `#${each}`).join(', ')}`
      const update = new UpdateCommand({
        TableName: name(),
        Key: key,
        UpdateExpression: expression,
        ConditionExpression: condition.expression,
        ExpressionAttributeNames: namesIn(`${expression} ${condition.expression}`),
        ExpressionAttributeValues: {
          ...Object.fromEntries(sets.map(([attribute, value]) => [`:set_${attribute}`, value])),
          ...valuesOf(condition),
        },
        ReturnValues: 'ALL_NEW',
      })
      const done = await calling('write', key, () => unlessRefused(documents.send(update)))
      return done?.Attributes as Item | undefined
    },

    async remove(key, condition) {
      const remove = new DeleteCommand({ TableName: name(), Key: key, ...conditionOf(condition) })
      return (await calling('delete', key, () => unlessRefused(documents.send(remove)))) !== undefined
    },

    async *query(range) {
      const input = queryOf(range)
      for (let from: Record<string, unknown> | undefined; ;) {
        const page = await calling('query', { pk: range.partition, sk: range.first ?? '' }, () =>
          documents.send(new QueryCommand({ TableName: name(), ...input, ExclusiveStartKey: from })),
        )
        yield* (page.Items ?? []) as Item[]
        from = page.LastEvaluatedKey
        if (from === undefined) return
      }
    },
  }
}

function queryOf({ index, partition, first, last, newestFirst = false, where, pageSize }: Range) {
  const { partitionKey, sortKey } = index === undefined ? tableSchema : tableSchema.indexes[index]
  const bounds = [
    ...(first === undefined ? [] : [`#${sortKey} >= :first`]),
    ...(last === undefined ? [] : [`#${sortKey} <= :last`]),
  ]
  // DynamoDB allows one condition on the sort key.
  const sort = bounds.length === 2 ? [`#${sortKey} BETWEEN :first AND :last`] : bounds
  const expression = [`#${partitionKey} = :partition`, ...sort].join(' AND ')
  return {
    IndexName: index,
    ConsistentRead: index === undefined,
    KeyConditionExpression: expression,
    FilterExpression: where?.expression,
    ExpressionAttributeNames: namesIn(`${expression} ${where?.expression ?? ''}`),
    ExpressionAttributeValues: { ':partition': partition, ':first': first, ':last': last, ...valuesOf(where) },
    ScanIndexForward: !newestFirst,
    Limit: pageSize,
  } satisfies Partial<QueryCommandInput>
}

function conditionOf(condition: Condition | undefined) {
  if (!condition) return {}
  const values = valuesOf(condition)
  return {
    ConditionExpression: condition.expression,
    ExpressionAttributeNames: namesIn(condition.expression),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  }
}

/** Every attribute goes by a '#name', so that none is taken for one of DynamoDB's reserved words. */
function namesIn(expressions: string): Record<string, string> {
  return Object.fromEntries((expressions.match(/#\w+/g) ?? []).map((name) => [name, name.slice(1)]))
}

function valuesOf(condition: Condition | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(condition?.values ?? {}).map(([name, value]) => [`:${name}`, value]))
}

async function unlessRefused<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined
    throw error
  }
}

async function calling<Answer>(doing: string, { pk, sk }: Key, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (error) {
    // "Item size has exceeded the maximum allowed size", "Item size to update has exceeded …".
    if (error instanceof Error && error.name === 'ValidationException' && /item size/i.test(error.message))
      throw new InputError(`${pk} ${sk} is larger than the 400 KB that DynamoDB keeps in one item: make it shorter`, {
        cause: error,
      })
    throw inOurWords(error, `DynamoDB could not ${doing} ${pk} ${sk}`)
  }
}
