// The REST API: one function answers, API Gateway looks at the key, counts the requests and writes down who called.
import { Annotations, RemovalPolicy, aws_apigateway as apigateway, aws_logs as logs } from 'aws-cdk-lib'
import { aws_certificatemanager as acm, type aws_lambda as lambda } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { corsHeaders, corsMethods } from '../../api/cors.ts'
import { acknowledge } from '../acknowledge.ts'
import type { Config, SizeSettings } from '../config.ts'
import { keyAuthorizer } from './authorizer.ts'
import { answerInProblems } from './problems.ts'

export class VideoApi extends Construct {
  readonly api: apigateway.RestApi
  readonly plan: apigateway.UsagePlan
  /** Where people reach it: the domain's, or the one that AWS gave it. */
  readonly url: string

  constructor(scope: Construct, id: string, { config, settings, handler, authorizer }: VideoApiProps) {
    super(scope, id)
    const domainName = domainOf(this, config)
    this.api = new apigateway.RestApi(this, 'Api', {
      restApiName: config.name,
      description: 'Makes videos of scripts',
      endpointTypes: [apigateway.EndpointType.REGIONAL],
      // The authorizer names the key that is counted: people send one key, not two.
      apiKeySourceType: apigateway.ApiKeySourceType.AUTHORIZER,
      disableExecuteApiEndpoint: domainName !== undefined,
      ...(domainName && { domainName }),
      defaultCorsPreflightOptions: {
        allowOrigins: config.corsOrigins,
        allowMethods: corsMethods,
        allowHeaders: corsHeaders,
      },
      // One role for the whole region of the account: without it API Gateway can write no log at all.
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
      deployOptions: deployOptions(this, settings, config.name),
    })
    answerInProblems(this.api, config.corsOrigins)
    this.#addPaths(handler, keyAuthorizer(this, this.api, authorizer))
    this.plan = this.#addPlan(settings, config.name)
    this.url = domainName ? `https://${domainName.domainName}` : this.api.url.replace(/\/$/, '')
    acknowledgeFindings(this.api)
  }

  #addPaths(handler: lambda.IFunction, authorizer: apigateway.IAuthorizer) {
    const integration = new apigateway.LambdaIntegration(handler, { allowTestInvoke: false })
    const byKey = { authorizer, authorizationType: apigateway.AuthorizationType.CUSTOM, apiKeyRequired: true }
    for (const path of keyedPaths) this.api.root.resourceForPath(path).addMethod('ANY', integration, byKey)
    // Named one by one: a path that is not here needs a key, whatever the function makes of it.
    for (const path of openPaths)
      for (const method of ['GET', 'HEAD'])
        acknowledge(
          this.api.root.resourceForPath(path).addMethod(method, integration),
          ['AwsSolutions-APIG4', 'AwsSolutions-COG4'],
          'For everybody: it says whether the service runs, or how it is used, or shows what somebody shares',
        )
  }

  #addPlan({ api }: SizeSettings, name: string) {
    return this.api.addUsagePlan('Standard', {
      name: `${name}-standard`,
      description: 'What one API key may ask for',
      throttle: {
        rateLimit: Math.ceil(api.requestsPerSecond * shareOfOneKey),
        burstLimit: Math.ceil(api.burst * shareOfOneKey),
      },
      quota: { limit: api.requestsPerKeyAndDay, period: apigateway.Period.DAY },
      apiStages: [{ stage: this.api.deploymentStage }],
    })
  }
}

type VideoApiProps = {
  config: Config
  settings: SizeSettings
  handler: lambda.IFunction
  authorizer: lambda.IFunction
}

/** The original's four are what its page asks for first; each says the same to everybody. */
export const openPaths = [
  'health',
  'openapi.json',
  'reference',
  'shares/{token}',
  ...['config', 'styles', 'voices', 'formats'].map((choices) => `api/${choices}`),
]
/** The API; the original's routes; the tools of AI assistants. */
const keyedPaths = ['v1/{proxy+}', 'api/{proxy+}', 'mcp']
/** Of all requests: one key alone cannot keep the others out. */
const shareOfOneKey = 0.5

function deployOptions(scope: Construct, { api }: SizeSettings, name: string): apigateway.StageOptions {
  const accessLogs = new logs.LogGroup(scope, 'AccessLogs', {
    logGroupName: `/aws/apigateway/${name}-access`,
    retention: logs.RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  return {
    stageName: 'live',
    throttlingRateLimit: api.requestsPerSecond,
    throttlingBurstLimit: api.burst,
    tracingEnabled: true,
    // Of the whole stage they come by themselves; of each method they would be charged for.
    metricsEnabled: false,
    loggingLevel: apigateway.MethodLoggingLevel.ERROR,
    // Bodies are people's scripts, headers hold their keys.
    dataTraceEnabled: false,
    accessLogDestination: new apigateway.LogGroupLogDestination(accessLogs),
    accessLogFormat: apigateway.AccessLogFormat.custom(JSON.stringify(accessLogFields)),
  }
}

/** Who called what, and what came of it. No header and no query: those can hold secrets. */
const accessLogFields = {
  requestId: '$context.requestId',
  at: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  userAgent: '$context.identity.userAgent',
  owner: '$context.authorizer.owner',
  key: '$context.authorizer.principalId',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  bytes: '$context.responseLength',
  latencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  error: '$context.error.message',
  firewall: '$context.waf.error',
  traceId: '$context.xrayTraceId',
}

/** api.<domain>. A certificate of us-east-1 does for an API of us-east-1 only. */
function domainOf(scope: Construct, { domain, region }: Config): apigateway.DomainNameOptions | undefined {
  if (!domain) return undefined
  if (region !== 'us-east-1') {
    Annotations.of(scope).addWarningV2(
      'clipforge:api-domain',
      `the API of ${region} keeps the address that AWS gives it: domain.certificateArn is a certificate of us-east-1`,
    )
    return undefined
  }
  return {
    domainName: `api.${domain.name}`,
    certificate: acm.Certificate.fromCertificateArn(scope, 'Certificate', domain.certificateArn),
    endpointType: apigateway.EndpointType.REGIONAL,
    securityPolicy: apigateway.SecurityPolicy.TLS_1_2,
  }
}

function acknowledgeFindings(api: apigateway.RestApi) {
  acknowledge(
    api,
    'AwsSolutions-APIG2',
    'The function checks every request by the same schema as the rest of the system, and says which field is wrong',
  )
  acknowledge(
    api,
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    'the one policy that API Gateway documents for writing its logs',
  )
  acknowledge(
    api,
    'AwsSolutions-COG4',
    'Programs call it, by API keys that the authorizer looks up: there are no users',
  )
}
