// What an installation on AWS is: typed, with a sensible default for everything. The file that `bin/infra.ts` reads
// (deploy.json, if there is one) overrides any part of it.
import { RegionInfo } from 'aws-cdk-lib/region-info'
import * as z from 'zod'
import { services, type ServiceId } from '../core/models.ts'
import { isSigningKey, placeholderKeys } from './signing-keys.ts'

export { isPlaceholderKey } from './signing-keys.ts'

export type SizeName = keyof typeof sizes

/**
 * By how many videos an hour the installation has to make at its peak. A g4dn.xlarge has 4 vCPU and makes one video
 * at a time, in about a minute.
 */
export const sizes = {
  small: {
    videosPerHour: 10,
    render: { spotVcpus: 8, onDemandVcpus: 4, processorVcpus: 16, warmVcpus: 0, scaleDownDelayMinutes: 20 },
    api: { requestsPerSecond: 20, burst: 40, requestsPerKeyAndDay: 10_000 },
    wafRequestsPerFiveMinutes: 2000,
    alarms: { oldestQueuedMinutes: 20, failedShare: 0.1, apiP99Ms: 3000, costPerVideoUsd: 0.6, gpuHoursPerDay: 12 },
    monthlyBudgetUsd: 300,
  },
  medium: {
    videosPerHour: 50,
    render: { spotVcpus: 16, onDemandVcpus: 8, processorVcpus: 32, warmVcpus: 0, scaleDownDelayMinutes: 20 },
    api: { requestsPerSecond: 100, burst: 200, requestsPerKeyAndDay: 50_000 },
    wafRequestsPerFiveMinutes: 10_000,
    alarms: { oldestQueuedMinutes: 15, failedShare: 0.05, apiP99Ms: 2000, costPerVideoUsd: 0.5, gpuHoursPerDay: 40 },
    monthlyBudgetUsd: 1200,
  },
  enterprise: {
    videosPerHour: 200,
    render: { spotVcpus: 64, onDemandVcpus: 32, processorVcpus: 64, warmVcpus: 4, scaleDownDelayMinutes: 30 },
    api: { requestsPerSecond: 400, burst: 800, requestsPerKeyAndDay: 200_000 },
    wafRequestsPerFiveMinutes: 40_000,
    alarms: { oldestQueuedMinutes: 10, failedShare: 0.03, apiP99Ms: 1500, costPerVideoUsd: 0.5, gpuHoursPerDay: 150 },
    monthlyBudgetUsd: 6500,
  },
} as const satisfies Record<string, SizeSettings>

const positive = z.int().min(1)
const count = z.int().min(0)
/** vCPUs: at most that many of each kind at once; `warmVcpus` always run. A g4dn.xlarge has 4. */
const Render = z.strictObject({
  spotVcpus: count,
  onDemandVcpus: count,
  processorVcpus: count,
  warmVcpus: count,
  // What AWS Batch takes.
  scaleDownDelayMinutes: z.int().min(20).max(10_080),
})
const ApiLimits = z.strictObject({ requestsPerSecond: positive, burst: positive, requestsPerKeyAndDay: positive })
const Alarms = z.strictObject({
  oldestQueuedMinutes: positive,
  failedShare: z.number().gt(0).max(1),
  apiP99Ms: positive,
  costPerVideoUsd: z.number().gt(0),
  gpuHoursPerDay: z.number().gt(0),
})
const SizeSettings = z.strictObject({
  videosPerHour: positive,
  render: Render,
  api: ApiLimits,
  // AWS WAF's smallest rate is 10.
  wafRequestsPerFiveMinutes: z.int().min(10),
  alarms: Alarms,
  monthlyBudgetUsd: positive,
})
export type SizeSettings = z.infer<typeof SizeSettings>

const Overrides = z.strictObject({
  ...SizeSettings.partial().shape,
  render: Render.partial().optional(),
  api: ApiLimits.partial().optional(),
  alarms: Alarms.partial().optional(),
})

const serviceIds = Object.keys(services) as ServiceId[]
const Service = z.strictObject({ concurrency: z.int().min(1).max(900) })
const regions = new Set(RegionInfo.regions.map(({ name }) => name))
const Region = z.string().refine((name) => regions.has(name), 'is no region, such as us-east-1')
const Origin = z
  .string()
  .regex(/^(?:\*|https?:\/\/[^/\s]+)$/, 'is neither * nor an origin such as https://video.example')
const PublicKey = z
  .string()
  .refine(isSigningKey, 'is no public key in PEM form that CloudFront takes: RSA of 2048 bits or ECDSA P-256')

export const Config = z
  .strictObject({
    /** Goes before the names of all stacks; bucket names have room for 18 characters of it. */
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,16}[a-z0-9]$/, 'must be 2 to 18 of a-z, 0-9 and -, a letter first, no - last')
      .default('clipforge'),
    size: z.enum(Object.keys(sizes) as [SizeName, ...SizeName[]]).default('small'),
    region: Region.default('us-east-1'),
    /** Where a second copy of videos, uploads and table is kept. */
    replicaRegion: Region.optional(),
    /** The services that this installation has keys for, and how many requests each account allows at once. */
    services: z
      .partialRecord(z.enum(serviceIds), Service)
      .default(Object.fromEntries(serviceIds.map((id) => [id, { concurrency: services[id].limits.concurrency }]))),
    alertEmail: z.email('is no e-mail address').optional(),
    /** CloudFront takes certificates of us-east-1 only. */
    domain: z
      .strictObject({
        name: z.hostname('is no host name'),
        certificateArn: z
          .string()
          .regex(/^arn:aws:acm:us-east-1:\d{12}:certificate\/\S+$/, 'is no certificate of ACM in us-east-1'),
      })
      .optional(),
    /**
     * Pages that may upload and call the API. Uploads are allowed by their signature and calls by their key, never
     * by a cookie, so that any page may be let in; an installation with a domain lets in its own only.
     */
    corsOrigins: z.array(Origin).min(1).optional(),
    /** Two, so that one can be replaced while links that the other signed still work. */
    signingPublicKeys: z
      .tuple([PublicKey, PublicKey])
      .refine(
        ([first, second]) => !isSigningKey(first) || first.trim() !== second.trim(),
        'are the same key twice: give two',
      )
      .default(placeholderKeys),
    monthlyBudgetUsd: positive.optional(),
    /** Of the size's settings, any part. */
    overrides: Overrides.default({}),
  })
  .refine(({ region, replicaRegion }) => region !== replicaRegion, {
    path: ['replicaRegion'],
    message: 'must not be the region itself',
  })
  .refine(({ services: has }) => Object.values(has).reduce((sum, { concurrency }) => sum + concurrency, 0) <= 900, {
    path: ['services'],
    message: 'reserve more than 900 at once together: an account of 1,000 keeps 100 for everything else',
  })
  .refine(({ size, overrides }) => fits({ ...sizes[size].render, ...overrides.render }), {
    path: ['overrides', 'render'],
    message: 'vCPUs come in fours (a job takes 4), and no more can be warm than there are on spot',
  })
  .transform(({ corsOrigins, monthlyBudgetUsd, ...rest }) => ({
    ...rest,
    corsOrigins: corsOrigins ?? [rest.domain ? `https://${rest.domain.name}` : '*'],
    monthlyBudgetUsd: monthlyBudgetUsd ?? rest.overrides.monthlyBudgetUsd ?? sizes[rest.size].monthlyBudgetUsd,
  }))

function fits({ spotVcpus, onDemandVcpus, processorVcpus, warmVcpus }: z.infer<typeof Render>): boolean {
  const inFours = [spotVcpus, onDemandVcpus, processorVcpus, warmVcpus].every((vcpus) => vcpus % 4 === 0)
  return inFours && warmVcpus <= spotVcpus
}

export type Config = z.output<typeof Config>
export type RawConfig = z.input<typeof Config>

/** @throws Error of one line per mistake: field, value, rule */
export function parseConfig(raw: unknown): Config {
  const parsed = Config.safeParse(raw)
  if (parsed.success) return parsed.data
  throw new Error(parsed.error.issues.map((issue) => `deploy.json: ${sentenceOf(issue, raw)}`).join('\n'))
}

/** The size's settings with the installation's own put over them. */
export function settingsOf({ size, overrides, monthlyBudgetUsd }: Config): SizeSettings {
  const settings: SizeSettings = sizes[size]
  return {
    ...settings,
    ...overrides,
    render: { ...settings.render, ...overrides.render },
    api: { ...settings.api, ...overrides.api },
    alarms: { ...settings.alarms, ...overrides.alarms },
    monthlyBudgetUsd,
  }
}

function sentenceOf({ path, message }: z.core.$ZodIssue, raw: unknown): string {
  const value = path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown> | undefined)?.[part], raw)
  const given = value === undefined ? '' : ` = ${JSON.stringify(value).slice(0, 80)}`
  return `${path.join('.') || 'the whole file'}${given}: ${message}`
}
