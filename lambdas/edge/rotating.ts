// The four steps in which Secrets Manager changes a secret. The vendors have no interface that makes a new key, so a
// person does: the new key waits in the secret under the label NEXT until the next rotation tries it and puts it in
// place. Without one waiting, the operators are asked for it and nothing changes.
// A person's value is not put under AWSPENDING: with that label on it, Secrets Manager takes a rotation for unfinished.
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager'
import { ServiceError } from '../../core/errors.ts'
import { type ServiceId, services } from '../../core/models.ts'

export type RotationStep = 'createSecret' | 'setSecret' | 'testSecret' | 'finishSecret'
export type RotationEvent = { Step: RotationStep; SecretId: string; ClientRequestToken: string }

export type RotationPorts = {
  secrets: SecretsManagerClient
  service: ServiceId
  /** Whether the service accepts that key. Throws ServiceError. */
  probe: (key: string) => Promise<void>
  /** Tells the operators. */
  notify: (subject: string, text: string) => Promise<void>
}

const waitingLabel = 'NEXT'

/** Every step may come twice. Throws what may go well later; a key that the service refuses is put aside instead. */
export async function rotate(event: RotationEvent, ports: RotationPorts): Promise<void> {
  const steps: Record<RotationStep, (event: RotationEvent, ports: RotationPorts) => Promise<void>> = {
    createSecret,
    // The vendor knows the key already: a person made it there.
    setSecret: async () => {},
    testSecret,
    finishSecret,
  }
  await steps[event.Step](event, ports)
}

async function createSecret({ SecretId, ClientRequestToken }: RotationEvent, ports: RotationPorts): Promise<void> {
  const { secrets, service, notify } = ports
  if ((await pendingOf({ SecretId, ClientRequestToken }, ports)) !== undefined) return
  const waiting = await valueOf(secrets, { SecretId, VersionStage: waitingLabel })
  if (waiting !== undefined) {
    await secrets.send(
      new PutSecretValueCommand({
        SecretId,
        ClientRequestToken,
        SecretString: waiting,
        VersionStages: ['AWSPENDING'],
      }),
    )
    return
  }
  const { name, keysUrl } = services[service]
  await notify(
    `ClipForge: a new key for ${name} is due`,
    `The key for ${name} has been in use for a month, and nobody has put a new one in place. Make one at ${keysUrl}, then:
aws secretsmanager put-secret-value --secret-id '${SecretId}' --secret-string file://key.txt --version-stages ${waitingLabel}
aws secretsmanager rotate-secret --secret-id '${SecretId}'
The old key stays in use until then. Delete it at the vendor's when the new one has been in use for an hour.`,
  )
}

async function testSecret(event: RotationEvent, ports: RotationPorts): Promise<void> {
  const key = await pendingOf(event, ports)
  if (key === undefined) return
  try {
    await ports.probe(keyIn(key))
  } catch (error) {
    if (!(error instanceof ServiceError) || error.name !== 'AccountError') throw error
    await unlabel(event, [waitingLabel, 'AWSPENDING'], ports)
    const { name } = services[ports.service]
    await ports.notify(
      `ClipForge: the new key for ${name} does not work`,
      `The key that waited in '${event.SecretId}' was put aside: ${error.message} The old key stays in use.`,
    )
  }
}

/** The key itself, or JSON that has it: {"key": "…"}. */
function keyIn(value: string): string {
  if (!value.trim().startsWith('{')) return value.trim()
  try {
    const { key } = JSON.parse(value) as { key?: unknown }
    return typeof key === 'string' ? key.trim() : ''
  } catch {
    return ''
  }
}

async function finishSecret(event: RotationEvent, ports: RotationPorts): Promise<void> {
  const { SecretId, ClientRequestToken } = event
  // A label without a value is Secrets Manager's own, and would hold up the next rotation.
  if ((await pendingOf(event, ports)) === undefined) return unlabel(event, ['AWSPENDING'], ports)
  const versions = await versionsOf(event, ports)
  const current = holderOf(versions, 'AWSCURRENT')
  if (current !== ClientRequestToken)
    await ports.secrets.send(
      new UpdateSecretVersionStageCommand({
        SecretId,
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: ClientRequestToken,
        ...(current !== undefined && { RemoveFromVersionId: current }),
      }),
    )
  await unlabel(event, [waitingLabel, 'AWSPENDING'], ports)
}

async function unlabel(event: RotationEvent, labels: string[], ports: RotationPorts): Promise<void> {
  const { SecretId } = event
  const versions = await versionsOf(event, ports)
  for (const VersionStage of labels) {
    const RemoveFromVersionId = holderOf(versions, VersionStage)
    if (RemoveFromVersionId === undefined) continue
    await ports.secrets.send(new UpdateSecretVersionStageCommand({ SecretId, VersionStage, RemoveFromVersionId }))
  }
}

/** The value that this rotation has put under AWSPENDING. */
function pendingOf(
  { SecretId, ClientRequestToken: VersionId }: Pick<RotationEvent, 'SecretId' | 'ClientRequestToken'>,
  { secrets }: RotationPorts,
): Promise<string | undefined> {
  return valueOf(secrets, { SecretId, VersionId, VersionStage: 'AWSPENDING' })
}

async function valueOf(
  secrets: SecretsManagerClient,
  version: { SecretId: string; VersionId?: string; VersionStage: string },
): Promise<string | undefined> {
  try {
    const { SecretString } = await secrets.send(new GetSecretValueCommand(version))
    return SecretString
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined
    // A version without that label is asked for under it.
    if ((error as Error).name === 'InvalidRequestException') return undefined
    throw error
  }
}

async function versionsOf({ SecretId }: RotationEvent, { secrets }: RotationPorts): Promise<Record<string, string[]>> {
  const { VersionIdsToStages } = await secrets.send(new DescribeSecretCommand({ SecretId }))
  return VersionIdsToStages ?? {}
}

function holderOf(versions: Record<string, string[]>, label: string): string | undefined {
  return Object.keys(versions).find((id) => versions[id]!.includes(label))
}
