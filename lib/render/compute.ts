import { Duration } from 'aws-cdk-lib'
import * as batch from 'aws-cdk-lib/aws-batch'
import * as ec2 from 'aws-cdk-lib/aws-ec2'
import { Construct } from 'constructs'
import type { RenderSettings } from './job-queues.ts'
import { gpuMachines } from './machines.ts'
import type { RenderNetwork } from './network.ts'
import { instanceRole } from './roles.ts'
import { machineUserData } from './user-data.ts'

const ROOT_VOLUME_GIB = 50

/** The machines: with a GPU from the spot market and at the fixed price, and Fargate's without one. */
export class RenderCompute extends Construct {
  readonly spot: batch.ManagedEc2EcsComputeEnvironment
  readonly onDemand: batch.ManagedEc2EcsComputeEnvironment
  readonly processor: batch.FargateComputeEnvironment

  constructor(
    scope: Construct,
    id: string,
    { network, settings }: { network: RenderNetwork; settings: RenderSettings },
  ) {
    super(scope, id)
    const { vpc, securityGroup } = network
    const launchTemplate = new ec2.LaunchTemplate(this, 'Machine', {
      userData: machineUserData(),
      requireImdsv2: true,
      // The machine's own role is for ECS's agent; a container in a network of its own does not get to it.
      httpPutResponseHopLimit: 1,
      blockDevices: [
        {
          deviceName: '/dev/xvda',
          volume: ec2.BlockDeviceVolume.ebs(ROOT_VOLUME_GIB, {
            encrypted: true,
            volumeType: ec2.EbsDeviceVolumeType.GP3,
            deleteOnTermination: true,
          }),
        },
      ],
    })
    const where = {
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
      securityGroups: [securityGroup],
      // All that an update in place needs, so that a new image of AWS's comes without a new environment.
      replaceComputeEnvironment: false,
      updateToLatestImageVersion: true,
      terminateOnUpdate: false,
      updateTimeout: Duration.minutes(30),
    }
    const gpu = {
      ...where,
      launchTemplate,
      instanceRole: instanceRole(this, 'MachineRole'),
      instanceTypes: gpuMachines.map((name) => new ec2.InstanceType(name)),
      // Would let in machines without a GPU.
      useOptimalInstanceClasses: false,
      // The only one of Batch's images that has NVIDIA's driver and may still be chosen.
      images: [{ imageType: batch.EcsMachineImageType.ECS_AL2023_NVIDIA }],
    }
    this.spot = new batch.ManagedEc2EcsComputeEnvironment(this, 'Spot', {
      ...gpu,
      spot: true,
      allocationStrategy: batch.AllocationStrategy.SPOT_PRICE_CAPACITY_OPTIMIZED,
      maxvCpus: settings.spotVcpus,
      // Warm machines are here because every job comes here first: elsewhere they would wait for a failure.
      minvCpus: settings.warmVcpus,
    })
    this.onDemand = new batch.ManagedEc2EcsComputeEnvironment(this, 'OnDemand', {
      ...gpu,
      allocationStrategy: batch.AllocationStrategy.BEST_FIT_PROGRESSIVE,
      maxvCpus: settings.onDemandVcpus,
      minvCpus: 0,
    })
    this.processor = new batch.FargateComputeEnvironment(this, 'Processor', {
      vpc,
      vpcSubnets: where.vpcSubnets,
      securityGroups: [securityGroup],
      replaceComputeEnvironment: false,
      maxvCpus: settings.processorVcpus,
    })
    // Of instances: CDK leaves it empty here.
    const fargate = this.processor.node.defaultChild as batch.CfnComputeEnvironment
    fargate.addPropertyDeletionOverride('UpdatePolicy')
    fargate.addPropertyOverride('Type', 'MANAGED')
    for (const environment of [this.spot, this.onDemand]) {
      const { node } = environment
      const resource = node.defaultChild as batch.CfnComputeEnvironment
      // As Batch's own documentation spells it; CDK writes it small.
      resource.addPropertyOverride('Type', 'MANAGED')
      // CDK names no version, and then a changed template never comes into use.
      resource.addPropertyOverride('ComputeResources.LaunchTemplate.Version', launchTemplate.latestVersionNumber)
      // An idle machine waits for its next video instead of the next video for a machine.
      resource.addPropertyOverride('ComputeResources.ScalingPolicy', {
        MinScaleDownDelayMinutes: settings.scaleDownDelayMinutes,
      })
    }
  }
}
