// What makes videos: the functions, the state machine, and what sets them going.
import { CfnOutput, Stack, type StackProps, type aws_sqs as sqs } from 'aws-cdk-lib'
import type { aws_stepfunctions as sfn } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { ServiceId } from '../../core/models.ts'
import type { Config } from '../config.ts'
import { HouseEvents, MissedEvents } from '../workflow/events.ts'
import { type Functions, WorkflowFunctions } from '../workflow/functions.ts'
import type { Place } from '../workflow/place.ts'
import { Rotation } from '../workflow/rotation.ts'
import { stateMachineArnOf, VideoStateMachine } from '../workflow/state-machine.ts'
import { Uploads } from '../workflow/uploads.ts'

export class WorkflowStack extends Stack {
  readonly functions: Functions
  readonly stateMachine: sfn.StateMachine
  readonly uploadQueue: sqs.Queue
  readonly uploadDeadLetters: sqs.Queue
  /** What the functions that rules invoke failed on. */
  readonly missedEvents: sqs.Queue

  constructor(scope: Construct, id: string, props: WorkflowStackProps) {
    super(scope, id, props)
    const { config, data, render, lambdasDir } = props
    const place: Place = { ...props, stateMachineArn: stateMachineArnOf(this, config.name) }
    const uploads = new Uploads(this, 'Uploads', { name: config.name, uploads: data.uploads })
    const missed = new MissedEvents(this, 'MissedEvents', { name: config.name })
    this.uploadQueue = uploads.queue
    this.uploadDeadLetters = uploads.deadLetters
    this.missedEvents = missed.queue

    this.functions = new WorkflowFunctions(this, 'Functions', {
      place,
      lambdasDir,
      queues: { uploads: uploads.queue, missedEvents: missed.queue },
    }).byName
    this.stateMachine = new VideoStateMachine(this, 'Workflow', { place, functions: this.functions }).stateMachine

    uploads.deliverTo(this.functions['on-upload'])
    new HouseEvents(this, 'Events', {
      functions: this.functions,
      stateMachineArn: place.stateMachineArn,
      queues: Object.values(render.queues),
      missedEvents: missed.queue,
    })
    new Rotation(this, 'Rotation', { rotate: this.functions.rotate, secrets: serviceSecrets(place) })

    new CfnOutput(this, 'StateMachineArn', { value: this.stateMachine.stateMachineArn })
    new CfnOutput(this, 'UploadQueueUrl', { value: this.uploadQueue.queueUrl })
    new CfnOutput(this, 'UploadDeadLettersArn', { value: this.uploadDeadLetters.queueArn })
  }
}

type WorkflowStackProps = StackProps & Omit<Place, 'stateMachineArn'> & { lambdasDir: string; config: Config }

function serviceSecrets({ config, data }: Place) {
  return Object.fromEntries((Object.keys(config.services) as ServiceId[]).map((id) => [id, data.secrets[id]]))
}
