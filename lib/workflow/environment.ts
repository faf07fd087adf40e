// What a function is told through its environment: names of what it may use. Never a key of any kind.
import { Stack, type aws_lambda as lambda } from 'aws-cdk-lib'
import { metricsNamespace } from '../../core/metrics.ts'
import type { ServiceId } from '../../core/models.ts'
import type { FunctionName, FunctionSpec, Need } from '../functions.ts'
import type { Place } from './place.ts'

/** Those that others may call. */
export type CallableFunctions = Partial<Record<FunctionName, lambda.IFunction>>

/** `called`: the functions that it may call. */
export function environmentOf(
  name: FunctionName,
  { kind, needs }: FunctionSpec,
  place: Place,
  called: CallableFunctions,
): Record<string, string> {
  const { config, data } = place
  return {
    POWERTOOLS_SERVICE_NAME: config.name,
    POWERTOOLS_METRICS_NAMESPACE: metricsNamespace,
    ...Object.assign({}, ...needs.map((need) => tellsOf[need]?.(place))),
    ...(kind === 'stage' || kind === 'service' || choosers.includes(name)
      ? { CLIPFORGE_SERVICES: Object.keys(config.services).join(',') }
      : {}),
    ...Object.fromEntries(
      Object.entries(called).map(([id, { functionName }]) => [
        `CLIPFORGE_${id.toUpperCase().replaceAll('-', '_')}_FUNCTION`,
        functionName,
      ]),
    ),
    ...(kind === 'service' ? { CLIPFORGE_SECRET_ID: data.secrets[name as ServiceId].secretArn } : {}),
    ...(name === 'api' ? { CLIPFORGE_CORS_ORIGINS: config.corsOrigins.join(',') } : {}),
    ...(name === 'on-render' ? { CLIPFORGE_RENDER_QUEUES: queueArns(place) } : {}),
  }
}

/** Those that choose models for a video when it is accepted. */
const choosers: FunctionName[] = ['api', 'on-upload']

/** JSON, by the queue's name: what the events of Batch name by its ARN. */
function queueArns({ render }: Place): string {
  const arns = Object.entries(render.queues).map(([queue, { jobQueueArn }]) => [queue, jobQueueArn])
  return Stack.of(render.queues.spot).toJsonString(Object.fromEntries(arns))
}

const table = ({ data }: Place) => ({ CLIPFORGE_TABLE: data.table.tableName })
const work = ({ data }: Place) => ({ CLIPFORGE_WORK_BUCKET: data.work.bucketName })
const uploads = ({ data }: Place) => ({ CLIPFORGE_UPLOADS_BUCKET: data.uploads.bucketName })
const videos = ({ data }: Place) => ({ CLIPFORGE_VIDEOS_BUCKET: data.videos.bucketName })
const workflow = ({ stateMachineArn }: Place) => ({ CLIPFORGE_STATE_MACHINE_ARN: stateMachineArn })

const tellsOf: Partial<Record<Need, (place: Place) => Record<string, string>>> = {
  table,
  'table.append': table,
  'table.read': table,
  'work.read': work,
  'work.write': work,
  'work.delete': work,
  'uploads.read': uploads,
  'uploads.write': uploads,
  'uploads.manage': uploads,
  'uploads.check': uploads,
  'uploads.names': uploads,
  'uploads.fonts': uploads,
  'videos.read': videos,
  'videos.write': videos,
  'videos.delete': videos,
  'archive.write': ({ data }) => ({ CLIPFORGE_ARCHIVE_BUCKET: data.archive.bucketName }),
  'workflow.start': workflow,
  'workflow.read': workflow,
  'workflow.stop': workflow,
  'render.warm': ({ render }) => ({
    CLIPFORGE_WARM_QUEUE: render.queues.spot.jobQueueArn,
    CLIPFORGE_WARM_JOB_DEFINITION: render.jobDefinitionArns.gpu,
  }),
  signing: ({ data, delivery }) => ({
    CLIPFORGE_SIGNING_SECRET_ID: data.secrets.signing.secretArn,
    CLIPFORGE_DELIVERY_DOMAIN: delivery.domainName,
  }),
  alerts: ({ data }) => ({ CLIPFORGE_ALERTS_TOPIC_ARN: data.alerts.topicArn }),
}
