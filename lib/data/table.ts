import { RemovalPolicy } from 'aws-cdk-lib'
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb'
import type { Construct } from 'constructs'
import { tableSchema } from '../../stores/videos/dynamodb/schema.ts'
import type { Config } from '../config.ts'

/** The one table, with its second copy where a second region is wanted. */
export function createTable(scope: Construct, { replicaRegion }: Config): dynamodb.TableV2 {
  const kept = {
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 7 },
    deletionProtection: true,
  }
  return new dynamodb.TableV2(scope, 'Table', {
    ...kept,
    partitionKey: text(tableSchema.partitionKey),
    sortKey: text(tableSchema.sortKey),
    globalSecondaryIndexes: Object.entries(tableSchema.indexes).map(([indexName, { partitionKey, sortKey }]) => ({
      indexName,
      partitionKey: text(partitionKey),
      sortKey: text(sortKey),
      projectionType: dynamodb.ProjectionType.ALL,
    })),
    timeToLiveAttribute: tableSchema.timeToLive,
    billing: dynamodb.Billing.onDemand(),
    // The account's key for DynamoDB, which every region has: a table in two regions would need a key of ours in each,
    // and one that gets its second region later would have to be encrypted anew.
    encryption: dynamodb.TableEncryptionV2.awsManagedKey(),
    replicas: replicaRegion ? [{ region: replicaRegion, ...kept }] : [],
    removalPolicy: RemovalPolicy.RETAIN,
  })
}

function text(name: string): dynamodb.Attribute {
  return { name, type: dynamodb.AttributeType.STRING }
}
