// Says who a request's API key belongs to. Every answer has the same shape; none says why a key is not let in, and
// neither the key nor what came with it is logged.
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda'
import { hashOfKey, presentedKey, worksAt } from '../core/api-keys.ts'
import { openAwsStores } from '../stores/aws.ts'
import { withObservability } from './shell.ts'

const { keys } = openAwsStores()

export const handler = withObservability(
  async ({ headers, methodArn }: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
    const key = presentedKey(headers ?? {})
    // Found by its hash: how long that takes says nothing about the key.
    const record = key === undefined ? undefined : await keys.find(hashOfKey(key))
    if (!record || !worksAt(record, new Date())) return answer('Deny', methodArn, 'nobody', {})
    const { owner, id: keyId, plan, usageIdentifier } = record
    return { ...answer('Allow', methodArn, owner, { owner, keyId, plan }), usageIdentifierKey: usageIdentifier }
  },
)

/** For the whole stage: the gateway keeps an answer for a while and uses it for the key's other requests too. */
function answer(
  Effect: 'Allow' | 'Deny',
  methodArn: string,
  principalId: string,
  context: Record<string, string>,
): APIGatewayAuthorizerResult {
  const Resource = `${methodArn.split('/').slice(0, 2).join('/')}/*`
  const Statement = [{ Action: 'execute-api:Invoke', Effect, Resource }]
  return { principalId, policyDocument: { Version: '2012-10-17', Statement }, context }
}
