// Once a month for each service's key: a new one is put in place, or asked for.
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { type ServiceId, services } from '../core/models.ts'
import { useKey } from '../providers/calls/keys.ts'
import { rotate, type RotationEvent } from './edge/rotating.ts'
import { variable } from './edge/variable.ts'
import { logger, withObservability } from './shell.ts'

const secrets = new SecretsManagerClient()
const sns = new SNSClient()

const probes: Record<ServiceId, () => Promise<{ probe: (signal: AbortSignal) => Promise<unknown> }>> = {
  openai: () => import('../providers/openai/probe.ts'),
  elevenlabs: () => import('../providers/elevenlabs/probe.ts'),
  gemini: () => import('../providers/gemini/probe.ts'),
}
const probeMs = 60_000

export const handler = withObservability(async (event: RotationEvent): Promise<void> => {
  const service = serviceOf(event.SecretId)
  logger.info('rotating', { step: event.Step, vendor: service })
  await rotate(event, {
    secrets,
    service,
    async probe(key) {
      useKey(service, key)
      const { probe } = await probes[service]()
      await probe(AbortSignal.timeout(probeMs))
    },
    async notify(Subject, Message) {
      await sns.send(new PublishCommand({ TopicArn: variable('CLIPFORGE_ALERTS_TOPIC_ARN'), Subject, Message }))
    },
  })
})

/** The secret's name ends in its service's: 'arn:aws:secretsmanager:…:secret:clipforge/openai-AbCdEf'. */
function serviceOf(secretId: string): ServiceId {
  const name = secretId.split(':').at(-1)!.toLowerCase()
  const found = (Object.keys(services) as ServiceId[]).find((id) => name.includes(id))
  if (found) return found
  throw new Error(`the secret '${name}' is no service's; rotate the keys that sign links by hand (docs/operations.md)`)
}
