// Every alarm, as data. Its name is also the heading of its section in docs/operations.md, which says what to do.
import { edgesAlarms } from './alarms/edges.ts'
import { moneyAlarms } from './alarms/money.ts'
import type { AlarmSpec } from './alarms/spec.ts'
import { upkeepAlarms } from './alarms/upkeep.ts'
import { videosAlarms } from './alarms/videos.ts'

export const alarms = { ...videosAlarms, ...edgesAlarms, ...moneyAlarms, ...upkeepAlarms } satisfies Record<
  string,
  AlarmSpec
>
