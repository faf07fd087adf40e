import { testApp } from './synth.ts'
import { describe, expect, it } from 'vitest'
import { problemKinds } from '../../api/problem.ts'
import { sizes } from '../../lib/config.ts'
import { flattener, type Loose, resourcesOf } from './flat.ts'

const domain = {
  name: 'videos.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555',
}
const { stacks } = await testApp({}, { nag: false })
const { api, workflow } = stacks
const flat = flattener([workflow])
const of = (type: string, stack = api) => Object.values(resourcesOf(stack, type)).map(({ Properties }) => Properties)
const [stage] = of('AWS::ApiGateway::Stage')
const paths = resourcesOf(api, 'AWS::ApiGateway::Resource')
const pathOf = (resourceId: Loose): string => {
  const resource = paths[resourceId.Ref]
  return resource ? `${pathOf(resource.Properties['ParentId'])}/${resource.Properties['PathPart']}` : ''
}
const methods = of('AWS::ApiGateway::Method').map((method) => ({ ...method, path: pathOf(method['ResourceId']) }))
type Method = (typeof methods)[number] & Record<string, Loose>

describe('who may call', () => {
  it('every path of the API takes a key that the authorizer knows and a plan counts', () => {
    const guarded = methods.filter((method: Method) => method['HttpMethod'] === 'ANY')
    expect(guarded.map(({ path }: Method) => path).toSorted()).toEqual(['/api/{proxy+}', '/mcp', '/v1/{proxy+}'])
    for (const method of guarded) expect(method).toMatchObject({ AuthorizationType: 'CUSTOM', ApiKeyRequired: true })
  })

  it('open to everybody are these, and what a browser asks before it calls', () => {
    const open = methods.filter(
      (method: Method) => method['AuthorizationType'] === 'NONE' && method['HttpMethod'] !== 'OPTIONS',
    )
    const openPaths = [...new Set(open.map(({ path }: Method) => path))].toSorted()
    expect(open.map((method: Method) => `${method['HttpMethod']} ${method.path}`).toSorted()).toEqual([
      ...openPaths.map((path) => `GET ${path}`),
      ...openPaths.map((path) => `HEAD ${path}`),
    ])
    expect(openPaths).toEqual([
      '/api/config',
      '/api/formats',
      '/api/styles',
      '/api/voices',
      '/health',
      '/openapi.json',
      '/reference',
      '/shares/{token}',
    ])
    const asked = methods.filter((method: Method) => method['HttpMethod'] === 'OPTIONS')
    for (const method of asked as Method[]) expect(method['Integration'].Type).toBe('MOCK')
  })

  it('a revoked key stops at once, and a key may come in either header', () => {
    const [authorizer] = of('AWS::ApiGateway::Authorizer')
    expect(authorizer).toMatchObject({ Type: 'REQUEST', AuthorizerResultTtlInSeconds: 0 })
    expect(authorizer).not.toHaveProperty('IdentitySource')
    const preflight = of('AWS::ApiGateway::Method').find(({ HttpMethod }) => HttpMethod === 'OPTIONS')!
    const headers =
      preflight['Integration'].IntegrationResponses[0].ResponseParameters[
        'method.response.header.Access-Control-Allow-Headers'
      ]
    for (const header of ['Authorization', 'X-Api-Key', 'Idempotency-Key', 'Last-Event-ID', 'MCP-Protocol-Version'])
      expect(headers).toContain(header)
  })

  it('API Gateway may call the two functions from this API alone', () => {
    const permissions = of('AWS::Lambda::Permission')
    const callable = permissions.map(({ FunctionName }) => flat(FunctionName))
    expect(new Set(callable)).toEqual(
      new Set(
        [workflow.functions.api, workflow.functions.authorizer].map((made) => flat(workflow.resolve(made.functionArn))),
      ),
    )
    for (const { Principal, SourceArn } of permissions) {
      expect(Principal).toBe('apigateway.amazonaws.com')
      expect(flat(SourceArn)).toMatch(/^arn:aws:execute-api:us-east-1:<AccountId>:RestApi\w+\//)
    }
  })
})

describe('how much', () => {
  it('all together, and one key', () => {
    const { requestsPerSecond, burst, requestsPerKeyAndDay } = sizes.small.api
    expect(stage!['MethodSettings'][0]).toMatchObject({
      ThrottlingRateLimit: requestsPerSecond,
      ThrottlingBurstLimit: burst,
    })
    const [plan] = of('AWS::ApiGateway::UsagePlan')
    expect(plan!['Quota']).toEqual({ Limit: requestsPerKeyAndDay, Period: 'DAY' })
    expect(plan!['Throttle'].RateLimit).toBeLessThan(requestsPerSecond)
    expect(of('AWS::ApiGateway::RestApi')[0]).toMatchObject({ ApiKeySourceType: 'AUTHORIZER' })
  })
})

describe('what is written down', () => {
  const format = JSON.parse(stage!['AccessLogSetting'].Format) as Record<string, string>

  it('who called what, and no header or body that could hold a secret', () => {
    expect(format).toMatchObject({ status: '$context.status', owner: '$context.authorizer.owner' })
    expect(Object.values(format).filter((value) => /header|querystring|body|apiKey$/i.test(value))).toEqual([])
    expect(stage!['MethodSettings'][0]).toMatchObject({ DataTraceEnabled: false, LoggingLevel: 'ERROR' })
    expect(stage!['TracingEnabled']).toBe(true)
  })

  it('for 30 days', () => {
    const groups = of('AWS::Logs::LogGroup')
    expect(groups).toHaveLength(2)
    for (const { RetentionInDays } of groups) expect(RetentionInDays).toBe(30)
  })
})

describe('the firewall', () => {
  const [acl] = of('AWS::WAFv2::WebACL')
  const rules = acl!['Rules'] as { Name: string; Priority: number; Statement: Record<string, Loose> }[]

  it('stands before the stage', () => {
    const [association] = of('AWS::WAFv2::WebACLAssociation')
    expect(flat(association!['ResourceArn'])).toMatch(/^arn:aws:apigateway:us-east-1::\/restapis\/\w+\/stages\/\w+$/)
    expect(acl!['Scope']).toBe('REGIONAL')
  })

  it('stops known attacks, addresses with a bad name, and too many requests from one', () => {
    expect(rules.map(({ Name }) => Name)).toEqual([
      'too-many',
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesKnownBadInputsRuleSet',
      'AWSManagedRulesCommonRuleSet',
    ])
    expect(new Set(rules.map(({ Priority }) => Priority)).size).toBe(rules.length)
    expect(rules[0]!.Statement['RateBasedStatement'].Limit).toBe(sizes.small.wafRequestsPerFiveMinutes)
  })

  it('lets a script of more than 8 KB through, and one about <script>', () => {
    const { RuleActionOverrides: overrides } = rules[3]!.Statement['ManagedRuleGroupStatement']
    expect(overrides).toEqual(
      ['SizeRestrictions_BODY', 'CrossSiteScripting_BODY'].map((Name) => ({ Name, ActionToUse: { Count: {} } })),
    )
  })

  it('keeps its log for 30 days under a name that it accepts, without keys', () => {
    const [logging] = of('AWS::WAFv2::LoggingConfiguration')
    const arn = flat(logging!['LogDestinationConfigs'][0])
    expect(arn).toBe('arn:aws:logs:us-east-1:<AccountId>:log-group:aws-waf-logs-clipforge-api')
    expect(of('AWS::Logs::LogGroup').map(({ LogGroupName }) => LogGroupName)).toContain(arn.split(':').at(-1))
    expect(logging!['RedactedFields']).toEqual(
      ['authorization', 'x-api-key'].map((Name) => ({ SingleHeader: { Name } })),
    )
  })
})

it('API Gateway’s own answers are problems (RFC 9457), readable by the page', () => {
  const answers = of('AWS::ApiGateway::GatewayResponse')
  expect(answers.length).toBeGreaterThan(8)
  for (const { StatusCode, ResponseParameters, ResponseTemplates } of answers) {
    expect(ResponseParameters['gatewayresponse.header.Content-Type']).toBe("'application/problem+json'")
    expect(ResponseParameters['gatewayresponse.header.Access-Control-Allow-Origin']).toBe("'*'")
    const problem = JSON.parse(ResponseTemplates['application/json']) as Record<string, unknown>
    expect(Object.keys(problem)).toEqual(['type', 'status', 'title', 'detail', 'code'])
    expect(problem['type']).toBe(`urn:clipforge:problem:${String(problem['code'])}`)
    expect(Object.keys(problemKinds)).toContain(problem['code'])
    expect(String(problem['status'])).toBe(StatusCode)
  }
  expect(answers.find(({ ResponseType }) => ResponseType === 'MISSING_AUTHENTICATION_TOKEN')!['StatusCode']).toBe('404')
  // As the function says it of a key that is none.
  expect(answers.find(({ ResponseType }) => ResponseType === 'ACCESS_DENIED')!['StatusCode']).toBe('401')
})

describe('with a domain', () => {
  it('is reached under it alone, over TLS 1.2, and only its page may call from a browser', async () => {
    const { stacks: named } = await testApp({ domain }, { nag: false })
    expect(of('AWS::ApiGateway::RestApi', named.api)[0]).toMatchObject({ DisableExecuteApiEndpoint: true })
    expect(of('AWS::ApiGateway::DomainName', named.api)[0]).toMatchObject({
      DomainName: 'api.videos.example.com',
      RegionalCertificateArn: domain.certificateArn,
      SecurityPolicy: 'TLS_1_2',
    })
    const preflight = of('AWS::ApiGateway::Method', named.api).find(({ HttpMethod }) => HttpMethod === 'OPTIONS')!
    expect(
      preflight['Integration'].IntegrationResponses[0].ResponseParameters[
        'method.response.header.Access-Control-Allow-Origin'
      ],
    ).toBe("'https://videos.example.com'")
  })
})
