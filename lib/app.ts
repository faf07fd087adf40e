import { App, Tags, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { type Config, settingsOf } from './config.ts'
import { ApiStack } from './stacks/api.ts'
import { DataStack } from './stacks/data.ts'
import { DeliveryStack } from './stacks/delivery.ts'
import { MonitoringStack } from './stacks/monitoring.ts'
import { RenderStack } from './stacks/render.ts'
import { ReplicaStack } from './stacks/replica.ts'
import { WorkflowStack } from './stacks/workflow.ts'

type AppOptions = {
  /** A folder for each function, with its bundle. */
  lambdasDir: string
  /** Where the cloud assembly is written; where the CDK's command line says, if not given. */
  outdir?: string
  /** Whether AwsSolutions' findings end the synthesis. */
  nag?: boolean
  /** The CDK's feature flags; its command line gives those of cdk.json. */
  context?: Record<string, unknown>
}

/** The whole installation: its stacks in the order in which they are deployed. */
export function buildApp(config: Config, { lambdasDir, outdir, nag = true, context }: AppOptions) {
  const app = new App({ outdir, context, analyticsReporting: false })
  if (nag) Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  for (const [key, value] of Object.entries(tagsOf(config))) Tags.of(app).add(key, value)

  const named = (part: string) => `${config.name}-${part}`
  const shared = { env: { region: config.region }, config, settings: settingsOf(config) }

  const replica = config.replicaRegion
    ? new ReplicaStack(app, named('Replica'), { env: { region: config.replicaRegion }, config })
    : undefined
  const data = new DataStack(app, named('Data'), shared)
  // Its replication rules name buckets and a vault that must be there.
  if (replica) data.addStackDependency(replica)
  const render = new RenderStack(app, named('Render'), { ...shared, data })
  const delivery = new DeliveryStack(app, named('Delivery'), { ...shared, data })
  const workflow = new WorkflowStack(app, named('Workflow'), { ...shared, data, render, delivery, lambdasDir })
  const api = new ApiStack(app, named('Api'), { ...shared, workflow })
  const monitoring = new MonitoringStack(app, named('Monitoring'), { ...shared, data, delivery, workflow, api })
  return { app, stacks: { data, render, delivery, workflow, api, monitoring, ...(replica && { replica }) } }
}

/** To be activated as cost allocation tags in the account's billing console, once. */
function tagsOf({ name }: Config): Record<string, string> {
  // Nothing that changes: Batch makes an environment anew whose tags change, with all that it is rendering.
  return { product: 'clipforge', installation: name }
}
