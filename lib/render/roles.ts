import { Stack } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb'
import type * as kms from 'aws-cdk-lib/aws-kms'
import type * as s3 from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'

export type RenderData = { key: kms.IKey; table: dynamodb.ITable; uploads: s3.IBucket; work: s3.IBucket }

/** What the container may do: read a video and tell of it, read its assets and uploads, write renders and parts. */
export function jobRole(scope: Construct, id: string, { key, table, uploads, work }: RenderData): iam.Role {
  const role = new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com'),
    description: 'The render container',
  })
  const { region } = Stack.of(scope)
  const statements = {
    Records: {
      actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
      resources: [table.tableArn],
    },
    // Parts, too: a render goes on with those that are there.
    Assets: { actions: ['s3:GetObject'], resources: [work.arnForObjects('owners/*'), work.arnForObjects('parts/*')] },
    Renders: {
      actions: ['s3:PutObject'],
      resources: [work.arnForObjects('owners/*/renders/*'), work.arnForObjects('parts/*')],
    },
    ClipsAndPictures: { actions: ['s3:GetObject'], resources: [uploads.arnForObjects('owners/*/uploads/*')] },
    // Without it S3 says of an object that is not there that it is forbidden.
    WhatIsThere: { actions: ['s3:ListBucket'], resources: [work.bucketArn, uploads.bucketArn] },
    // Uploads are under our key; it opens them through S3 only.
    Encryption: {
      actions: ['kms:Decrypt'],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
    },
  }
  for (const [sid, statement] of Object.entries(statements))
    role.addToPolicy(new iam.PolicyStatement({ sid, ...statement }))
  acknowledge(
    role,
    [
      ...['owners/*', 'owners/*/renders/*', 'parts/*'].map((keys) => wildcard(work, keys)),
      wildcard(uploads, 'owners/*/uploads/*'),
    ],
    'a job renders one video, but any of them: its owner and its hashes are known when it starts, not when the role is made',
  )
  return role
}

/** Of ECS's agent, which starts the containers. The jobs themselves have their own role. */
export function instanceRole(scope: Construct, id: string): iam.Role {
  const policy = 'service-role/AmazonEC2ContainerServiceforEC2Role'
  const role = new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(policy)],
    description: 'Render machines',
  })
  acknowledge(
    role,
    `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`,
    'what the agent of ECS needs changes with the agent, which AWS updates on these machines',
  )
  return role
}

/** Pulls the image and writes the log, before the container and beside it. */
export function executionRole(scope: Construct, id: string): iam.Role {
  const role = new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com'),
    description: 'Starts the render container',
  })
  acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', 'ecr:GetAuthorizationToken knows no resource')
  return role
}

/** The finding's name of objects in a bucket of another stack: there it is an imported value. */
function wildcard(bucket: s3.IBucket, keys: string): string {
  const imported = Stack.of(bucket).exportValue(bucket.bucketArn)
  const { 'Fn::ImportValue': name } = Stack.of(bucket).resolve(imported) as { 'Fn::ImportValue': string }
  return `AwsSolutions-IAM5[Resource::${name}/${keys}]`
}
