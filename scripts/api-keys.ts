// API keys, for operators with AWS credentials:
//   npm run api-keys -- create --owner ann [--name 'her laptop'] [--plan standard]
//   npm run api-keys -- list --owner ann
//   npm run api-keys -- revoke --owner ann --id <id>
//   npm run api-keys -- rotate --owner ann --id <id>
// CLIPFORGE_TABLE names the table and CLIPFORGE_USAGE_PLAN_ID the usage plan; both are outputs of the stacks.
import { parseArgs } from 'node:util'
import { type ApiKeyRecord, worksAt } from '../core/api-keys.ts'
import { InputError } from '../core/errors.ts'
import { openAwsStores } from '../stores/aws.ts'
import { createKey, type KeyPorts, revokeKey, rotateKey } from './api-keys/keys.ts'
import { openUsagePlan } from './api-keys/usage-plan.ts'

type Options = { owner: string; id: string; name: string; plan: string }

const commands: Record<string, (ports: KeyPorts, options: Options) => Promise<string>> = {
  create: async (ports, { owner, name, plan }) => created(await createKey(ports, { owner, name, plan })),
  list: async ({ keys, now }, { owner }) => {
    const lines = (await keys.list(owner)).map((key) =>
      [key.id, key.createdAt, key.plan, stateOf(key, now()), key.name].join('  '),
    )
    return lines.join('\n') || `'${owner}' has no keys`
  },
  revoke: async (ports, options) => `${(await revokeKey(ports, options)).id} is revoked; it stops within a minute`,
  rotate: async (ports, options) =>
    `${created(await rotateKey(ports, options))}\nThe old key works still. When the new one is in use: revoke --owner ${options.owner} --id ${options.id}`,
}

try {
  process.stdout.write(`${await run(process.argv.slice(2))}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function run(argv: string[]): Promise<string> {
  const text = { type: 'string', default: '' } as const
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { owner: text, id: text, name: text, plan: { type: 'string', default: 'standard' } },
  })
  const [name = ''] = positionals
  if (!Object.hasOwn(commands, name))
    throw new InputError(`'${name}' is no command; there are ${Object.keys(commands).join(', ')}`)
  if (values.owner === '') throw new InputError('owner: is missing; say whose key it is, such as --owner ann')
  const usagePlanId = process.env['CLIPFORGE_USAGE_PLAN_ID'] ?? ''
  if (usagePlanId === '' && name !== 'list')
    throw new InputError('CLIPFORGE_USAGE_PLAN_ID is not set: it is the output UsagePlanId of the API stack')
  const ports = { keys: openAwsStores().keys, plan: openUsagePlan(usagePlanId), now: () => new Date() }
  return commands[name]!(ports, values)
}

function stateOf(key: ApiKeyRecord, now: Date): string {
  if (key.revokedAt === undefined) return 'works'
  return worksAt(key, now) ? `works until ${key.revokedAt}` : `revoked ${key.revokedAt}`
}

function created({ key, record }: { key: string; record: { id: string; owner: string } }): string {
  return `A key for '${record.owner}' (id ${record.id}). It is shown this once and kept nowhere:\n${key}`
}
