// The way in for programs and for the page: the REST API and the firewall before it.
import { CfnOutput, Stack, type StackProps, type aws_apigateway as apigateway } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { Firewall } from '../api/firewall.ts'
import { VideoApi } from '../api/rest-api.ts'
import type { Config, SizeSettings } from '../config.ts'
import type { Functions } from '../workflow/functions.ts'

export class ApiStack extends Stack {
  readonly api: apigateway.RestApi
  readonly plan: apigateway.UsagePlan

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props)
    const { config, settings, workflow } = props
    const { api, plan, url } = new VideoApi(this, 'Rest', {
      config,
      settings,
      handler: workflow.functions.api,
      authorizer: workflow.functions.authorizer,
    })
    this.api = api
    this.plan = plan
    new Firewall(this, 'Firewall', {
      name: config.name,
      stageArn: api.deploymentStage.stageArn,
      requestsPerFiveMinutes: settings.wafRequestsPerFiveMinutes,
    })

    new CfnOutput(this, 'Url', { value: url })
    new CfnOutput(this, 'UsagePlanId', { value: plan.usagePlanId })
  }
}

type ApiStackProps = StackProps & { config: Config; settings: SizeSettings; workflow: { functions: Functions } }
