// Where API Gateway counts a key's requests. What it calls a key is only a name to count under: ours are checked by the
// authorizer.
import {
  APIGatewayClient,
  ConflictException,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  GetApiKeysCommand,
} from '@aws-sdk/client-api-gateway'

export type UsagePlan = {
  /** Nothing happens when it is there already. */
  enrol: (usageIdentifier: string) => Promise<void>
  withdraw: (usageIdentifier: string) => Promise<void>
}

export function openUsagePlan(usagePlanId: string): UsagePlan {
  const client = new APIGatewayClient()
  const find = async (usageIdentifier: string) => {
    const { items = [] } = await client.send(new GetApiKeysCommand({ nameQuery: usageIdentifier }))
    return items.find(({ name }) => name === usageIdentifier)?.id
  }
  return {
    async enrol(usageIdentifier) {
      const keyId =
        (await find(usageIdentifier)) ??
        (await client.send(new CreateApiKeyCommand({ name: usageIdentifier, value: usageIdentifier, enabled: true })))
          .id!
      try {
        await client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }))
      } catch (error) {
        if (!(error instanceof ConflictException)) throw error
      }
    },

    async withdraw(usageIdentifier) {
      const apiKey = await find(usageIdentifier)
      if (apiKey !== undefined) await client.send(new DeleteApiKeyCommand({ apiKey }))
    },
  }
}
