// What AWS charges in us-east-1, as data. Nothing here was asked of AWS: each price has the place where it was read and
// its date there. `isFromMemory`: known, but found in no source that could be named; check those first.
// docs/costs.md says how to check them again.

/** US dollars for `per` of `unit`. `date`: of the source (YYYY, YYYY-MM or YYYY-MM-DD), or when a page without one was read. */
export type UnitPrice = {
  usd: number
  per: number
  unit: string
  source: string
  date: string
  isFromMemory?: true
}

export const pricesRegion = 'us-east-1'
/** The day on which this list was put together. */
export const pricesDate = '2026-11-23'

const skypilot = { source: 'skypilot-catalog v8, aws/vms.csv', date: '2025' }
const c3x = { source: 'c3x.dev', date: '2026' }
const fromMemory = { source: 'AWS price list, from memory', date: pricesDate, isFromMemory: true } as const
const cloudFront = { source: 'aws.amazon.com/cloudfront/pricing (undated copy)', date: pricesDate }
const factualMinds = { source: 'factualminds.com on CloudWatch and KMS prices', date: '2026-06-13' }

export const prices = {
  gpuSpot: { usd: 0.205, per: 1, unit: 'g4dn.xlarge spot hour', ...skypilot },
  gpuOnDemand: { usd: 0.526, per: 1, unit: 'g4dn.xlarge hour', ...skypilot },
  fargateVcpu: { usd: 0.04048, per: 1, unit: 'vCPU-hour', source: 'projecthelena', date: '2026' },
  fargateMemory: { usd: 0.004445, per: 1, unit: 'GB-hour', source: 'projecthelena', date: '2026' },
  ebs: { usd: 0.08, per: 1, unit: 'GB-month', ...fromMemory },
  publicAddress: { usd: 0.005, per: 1, unit: 'address-hour', source: 'nwobodo.me', date: '2024-06-01' },
  imageStorage: { usd: 0.1, per: 1, unit: 'GB-month', ...fromMemory },

  lambdaTime: {
    usd: 13.3334,
    per: 1_000_000,
    unit: 'GB-s',
    source: 'cloudchipr (arm64, the first 7.5 billion)',
    date: '2024',
  },
  lambdaRequests: { usd: 0.2, per: 1_000_000, unit: 'requests', source: 'cloudchipr', date: '2024' },
  transitions: {
    usd: 0.025,
    per: 1000,
    unit: 'transitions',
    source: 'aws.amazon.com/step-functions/pricing (undated copy)',
    date: pricesDate,
  },
  queueRequests: { usd: 0.4, per: 1_000_000, unit: 'requests', ...fromMemory },
  traces: { usd: 5, per: 1_000_000, unit: 'traces', ...fromMemory },

  tableWrites: { usd: 0.625, per: 1_000_000, unit: 'write units', source: 'airbyte, jusdb', date: '2025-08' },
  tableReads: { usd: 0.125, per: 1_000_000, unit: 'read units', source: 'airbyte, jusdb', date: '2025-08' },
  tableStorage: { usd: 0.25, per: 1, unit: 'GB-month', ...fromMemory },
  tableRecovery: { usd: 0.2, per: 1, unit: 'GB-month', ...fromMemory },
  tableBackup: { usd: 0.1, per: 1, unit: 'GB-month', ...fromMemory },

  storage: { usd: 0.023, per: 1, unit: 'GB-month', source: 'costnimbus, c3x', date: '2026-03' },
  storageInstant: { usd: 0.004, per: 1, unit: 'GB-month', source: 'costnimbus, c3x', date: '2026-03' },
  storageTiered: { usd: 0.0125, per: 1, unit: 'GB-month', ...fromMemory },
  tierWatch: { usd: 0.0025, per: 1000, unit: 'object-months', ...fromMemory },
  archiveDeep: { usd: 0.00099, per: 1, unit: 'GB-month', source: 'costnimbus, c3x', date: '2026-03' },
  instantPuts: { usd: 0.02, per: 1000, unit: 'requests', ...c3x },
  archive: { usd: 0.0036, per: 1, unit: 'GB-month', source: 'costnimbus, c3x', date: '2026-03' },
  puts: { usd: 0.005, per: 1000, unit: 'requests', ...c3x },
  gets: { usd: 0.0004, per: 1000, unit: 'requests', ...c3x },
  archivePuts: { usd: 0.03, per: 1000, unit: 'requests', ...c3x },

  egress: { usd: 0.085, per: 1, unit: 'GB', ...cloudFront },
  egressRequests: { usd: 0.01, per: 10_000, unit: 'requests', ...cloudFront },
  api: { usd: 3.5, per: 1_000_000, unit: 'requests', source: 'AWS whitepaper on private APIs', date: '2025' },
  wafAcl: { usd: 5, per: 1, unit: 'ACL-month', source: 'c3x, awsnegotiations', date: '2026' },
  wafRule: { usd: 1, per: 1, unit: 'rule-month', source: 'c3x, awsnegotiations', date: '2026' },
  wafRequests: { usd: 0.6, per: 1_000_000, unit: 'requests', source: 'c3x, awsnegotiations', date: '2026' },

  logs: { usd: 0.5, per: 1, unit: 'GB', source: 'help-toolz, factualminds.com', date: '2026-06-13' },
  logStorage: { usd: 0.03, per: 1, unit: 'GB-month', source: 'help-toolz', date: '2025' },
  metrics: { usd: 0.3, per: 1, unit: 'metric-month', source: 'calculator.city', date: '2025' },
  alarms: { usd: 0.1, per: 1, unit: 'alarm-month', ...fromMemory },
  dashboards: { usd: 3, per: 1, unit: 'dashboard-month', ...factualMinds },
  trail: { usd: 0.1, per: 100_000, unit: 'data events', ...fromMemory },
  keys: { usd: 1, per: 1, unit: 'key-month', ...factualMinds },
  keyRequests: { usd: 0.03, per: 10_000, unit: 'requests', ...factualMinds },
  secrets: { usd: 0.4, per: 1, unit: 'secret-month', source: 'hivebook.wiki', date: '2025' },
  secretRequests: { usd: 0.05, per: 10_000, unit: 'requests', source: 'hivebook.wiki', date: '2025' },
} as const satisfies Record<string, UnitPrice>

export type PriceId = keyof typeof prices

/** Given away every month for ever. Those of a new account's first year, and smaller ones, are left out. */
export const freeEachMonth = {
  transitions: 4000,
  egress: 1000,
  egressRequests: 10_000_000,
} as const satisfies Partial<Record<PriceId, number>>
