// Alarms about what nobody sees while it works: functions, events, the database and its copies.
import { aws, backup, lambda, table, tableErrors, total } from '../measures.ts'
import { dayMinutes, none, ofKind, sum, waiting, type AlarmSpec } from './spec.ts'

export const upkeepAlarms = {
  'stages-throttled': {
    means: "Stages wait for Lambda: the account's concurrency is used up.",
    // Functions of services are throttled on purpose: that is how an account's limit there is kept.
    metric: (watched) => ofKind(watched, 'stage', 'Throttles', { minutes: 5 }),
    above: none,
    periods: [2, 3],
    missing: 'fine',
  },
  'stages-failing': {
    means: 'Stages fail and are tried again, as often as videos are made: they come late or fail.',
    metric: (watched) => ofKind(watched, 'stage', 'Errors', { minutes: 15 }),
    above: ({ videosPerHour }) => Math.max(5, videosPerHour / 4),
    periods: [1, 1],
    missing: 'fine',
  },
  'housekeeping-failing': {
    means: 'What records ends, looks after lost videos, tells webhooks, archives or measures renders fails.',
    metric: (watched) => ofKind(watched, 'housekeeping', 'Errors', { minutes: 60, but: 'rotate' }),
    above: () => 2,
    periods: [1, 1],
    missing: 'fine',
  },
  'rotation-failed': {
    means: 'A key could not be rotated; the old one goes on working until somebody ends it.',
    metric: (watched) => lambda(watched, 'rotate', 'Errors', sum(60)),
    above: none,
    periods: [1, 1],
    missing: 'fine',
  },
  'missed-events': {
    means: 'What was to be recorded, measured or archived was not, after several tries.',
    metric: ({ missedEvents }) => waiting(missedEvents),
    above: none,
    periods: [1, 1],
    missing: 'as before',
  },
  'table-throttled': {
    means: 'The database turns requests away: everything is slower, some of it fails.',
    metric: (watched) =>
      total([table(watched, 'ReadThrottleEvents', sum(5)), table(watched, 'WriteThrottleEvents', sum(5))], {
        minutes: 5,
        label: 'throttled requests',
      }),
    above: () => 10,
    periods: [2, 3],
    missing: 'fine',
  },
  'table-errors': {
    means: 'The database itself fails.',
    metric: (watched) => tableErrors(watched, 5),
    above: none,
    periods: [2, 3],
    missing: 'fine',
  },
  'backup-failed': {
    means: 'A backup of the database failed.',
    metric: (watched) => backup(watched, 'NumberOfBackupJobsFailed', sum(60)),
    above: none,
    periods: [1, 1],
    missing: 'fine',
  },
  'backup-missing': {
    means: 'There is no backup of the database of the last two days.',
    metric: (watched) => backup(watched, 'NumberOfBackupJobsCompleted', sum(dayMinutes)),
    below: () => 1,
    periods: [2, 2],
    missing: 'bad',
  },
  'replica-behind': {
    means: "The second region's copy of the database is minutes old: a failover would lose them.",
    metric: ({ table: name, replicaRegion }) =>
      aws('AWS/DynamoDB', 'ReplicationLatency', {
        statistic: 'Average',
        minutes: 5,
        dimensions: { TableName: name, ReceivingRegion: replicaRegion! },
      }),
    // Milliseconds; it is about a second when all is well.
    above: () => 120_000,
    periods: [2, 3],
    missing: 'fine',
    where: ({ replicaRegion }) => replicaRegion !== undefined,
  },
} as const satisfies Record<string, AlarmSpec>
