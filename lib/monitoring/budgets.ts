// What AWS may charge in a month. The services send bills of their own; service-cost watches those.
import * as budgets from 'aws-cdk-lib/aws-budgets'
import type { Construct } from 'constructs'
import { prices } from '../../core/prices.ts'
import type { SizeSettings } from '../config.ts'

type BudgetProps = {
  name: string
  settings: SizeSettings
  alertsTopicArn: string
}

/**
 * A budget for everything that AWS charges in the account, and one for its machines, which are the part that can run
 * away. Each tells at 50, 80 and 100 % of what was spent, and when the month is going to end above it.
 */
export function createBudgets(scope: Construct, props: BudgetProps): void {
  const { name, settings } = props
  createBudget(scope, 'Month', { ...props, budgetName: `${name}-month`, limitUsd: settings.monthlyBudgetUsd })
  createBudget(scope, 'Machines', {
    ...props,
    budgetName: `${name}-machines`,
    // As many GPU hours as the alarm allows, every day, none of them on spot: a ceiling, not an estimate.
    limitUsd: Math.ceil(settings.alarms.gpuHoursPerDay * 30 * prices.gpuOnDemand.usd),
    services: ['Amazon Elastic Compute Cloud - Compute'],
  })
}

function createBudget(
  scope: Construct,
  id: string,
  {
    budgetName,
    limitUsd,
    services,
    alertsTopicArn,
  }: BudgetProps & { budgetName: string; limitUsd: number; services?: string[] },
): budgets.CfnBudget {
  // The topic sends the mails: a budget's own subscribers cannot be changed later.
  const subscribers = [{ subscriptionType: 'SNS', address: alertsTopicArn }]
  const notifications = [
    ...[50, 80, 100].map((threshold) => ({ notificationType: 'ACTUAL', threshold })),
    { notificationType: 'FORECASTED', threshold: 100 },
  ]
  return new budgets.CfnBudget(scope, `${id}Budget`, {
    budget: {
      budgetName,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: limitUsd, unit: 'USD' },
      ...(services && { costFilters: { Service: services } }),
    },
    notificationsWithSubscribers: notifications.map((notification) => ({
      notification: { ...notification, comparisonOperator: 'GREATER_THAN', thresholdType: 'PERCENTAGE' },
      subscribers,
    })),
  })
}
