import { ArnFormat, RemovalPolicy, Stack, aws_logs as logs, aws_wafv2 as waf } from 'aws-cdk-lib'
import { Construct } from 'constructs'

type FirewallProps = { name: string; stageArn: string; requestsPerFiveMinutes: number }

/** AWS WAF before the API: known attacks, addresses with a bad name, too many requests from one address. */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, { name, stageArn, requestsPerFiveMinutes }: FirewallProps) {
    super(scope, id)
    const acl = new waf.CfnWebACL(this, 'Acl', {
      name: `${name}-api`,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visible(`${name}-api`),
      // As much of a body as it can look into.
      associationConfig: { requestBody: { API_GATEWAY: { defaultSizeInspectionLimit: 'KB_64' } } },
      rules: [
        { name: 'too-many', action: { block: {} }, statement: tooMany(requestsPerFiveMinutes) },
        managed('AWSManagedRulesAmazonIpReputationList'),
        managed('AWSManagedRulesKnownBadInputsRuleSet'),
        managed('AWSManagedRulesCommonRuleSet', countedOnly),
      ].map((rule, priority) => ({ ...rule, priority, visibilityConfig: visible(rule.name) })),
    })
    new waf.CfnWebACLAssociation(this, 'Association', { resourceArn: stageArn, webAclArn: acl.attrArn })
    this.#log(acl, name)
  }

  #log(acl: waf.CfnWebACL, name: string) {
    const logGroup = new logs.LogGroup(this, 'Logs', {
      // WAF writes to groups of this beginning only.
      logGroupName: `aws-waf-logs-${name}-api`,
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const logging = new waf.CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      // Without the ':*' that the group's own ARN ends in.
      logDestinationConfigs: [
        Stack.of(this).formatArn({
          service: 'logs',
          resource: 'log-group',
          resourceName: `aws-waf-logs-${name}-api`,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
      redactedFields: ['authorization', 'x-api-key'].map((Name) => ({ singleHeader: { Name } })),
    })
    logging.node.addDependency(logGroup)
  }
}

/**
 * Rules of the common set that count and do not block. Its limit of 8 KB on bodies is shorter than many scripts (the
 * function refuses what is larger than any request), and a script about web pages may contain what a page may not.
 */
const countedOnly = ['SizeRestrictions_BODY', 'CrossSiteScripting_BODY']

function managed(name: string, counted: string[] = []) {
  return {
    name,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
  }
}

function tooMany(limit: number): waf.CfnWebACL.StatementProperty {
  return { rateBasedStatement: { limit, aggregateKeyType: 'IP', evaluationWindowSec: 300 } }
}

function visible(metricName: string) {
  return { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName }
}
