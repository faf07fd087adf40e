// Makes CloudWatch's alarms and dashboards of the tables.
import { aws_cloudwatch as cloudwatch, aws_cloudwatch_actions as actions, type aws_sns as sns } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { ServiceId } from '../../core/models.ts'
import type { AlarmSpec } from './alarms/spec.ts'
import { alarms } from './alarms.ts'
import { costs, overview, type Chart, type Page } from './dashboards.ts'
import type { Watched } from './watched.ts'

/** Every alarm tells the topic when it begins and when it is over. */
export function createAlarms(scope: Construct, watched: Watched, topic: sns.ITopic): cloudwatch.Alarm[] {
  const action = new actions.SnsAction(topic)
  return Object.entries<AlarmSpec>(alarms)
    .filter(([, { where }]) => where?.(watched) ?? true)
    .flatMap(([name, spec]) =>
      (spec.perService ? watched.services : [undefined]).map((service) => {
        const alarm = createAlarm(scope, watched, name, spec, service)
        alarm.addAlarmAction(action)
        alarm.addOkAction(action)
        return alarm
      }),
    )
}

export function createDashboards(scope: Construct, watched: Watched, made: cloudwatch.Alarm[]): void {
  const { name } = watched
  const status = new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms: made, width: 24, height: 6 })
  createDashboard(scope, 'Overview', `${name}-overview`, overview(watched), [status])
  createDashboard(scope, 'Costs', `${name}-costs`, costs(watched), [])
}

const treatments = {
  fine: cloudwatch.TreatMissingData.NOT_BREACHING,
  bad: cloudwatch.TreatMissingData.BREACHING,
  'as before': cloudwatch.TreatMissingData.IGNORE,
} as const satisfies Record<AlarmSpec['missing'], cloudwatch.TreatMissingData>

function createAlarm(
  scope: Construct,
  watched: Watched,
  name: string,
  spec: AlarmSpec,
  service: ServiceId | undefined,
): cloudwatch.Alarm {
  const full = [watched.name, name, ...(service === undefined ? [] : [service])].join('-')
  const [datapointsToAlarm, evaluationPeriods] = spec.periods
  const { GREATER_THAN_THRESHOLD, LESS_THAN_THRESHOLD } = cloudwatch.ComparisonOperator
  return new cloudwatch.Alarm(scope, service === undefined ? name : `${name}-${service}`, {
    alarmName: full,
    alarmDescription: `${spec.means} What to do: docs/operations.md#${name}`,
    // Only an alarm for a service uses the service.
    metric: spec.metric(watched, service!),
    comparisonOperator: spec.above ? GREATER_THAN_THRESHOLD : LESS_THAN_THRESHOLD,
    threshold: (spec.above ?? spec.below)(watched.settings),
    datapointsToAlarm,
    evaluationPeriods,
    treatMissingData: treatments[spec.missing],
  })
}

function createDashboard(scope: Construct, id: string, name: string, page: Page, first: cloudwatch.IWidget[]) {
  const dashboard = new cloudwatch.Dashboard(scope, id, {
    dashboardName: name,
    periodOverride: cloudwatch.PeriodOverride.INHERIT,
  })
  dashboard.addWidgets(...first)
  for (const { heading, charts } of page) {
    dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: `## ${heading}`, width: 24, height: 1 }))
    dashboard.addWidgets(...charts.map((chart) => widgetOf(chart)))
  }
}

/** Three beside each other. */
function widgetOf({ title, left, right, kind = 'lines' }: Chart): cloudwatch.IWidget {
  const size = { title, width: 8, height: 6 }
  if (kind === 'value')
    return new cloudwatch.SingleValueWidget({ ...size, metrics: left, setPeriodToTimeRange: true, sparkline: false })
  return new cloudwatch.GraphWidget({
    ...size,
    left,
    right,
    stacked: kind === 'stacked',
    leftYAxis: { min: 0 },
    ...(right && { rightYAxis: { min: 0 } }),
  })
}
