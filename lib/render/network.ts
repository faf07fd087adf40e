import { Fn, RemovalPolicy } from 'aws-cdk-lib'
import * as ec2 from 'aws-cdk-lib/aws-ec2'
import * as logs from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'

/** In every region that has g4dn an account sees this many zones at least; one of these has only two. */
const ZONES = 3
const twoZoneRegions = ['us-west-1']

/**
 * Where the machines run: public subnets into which nothing can connect. Machines in private subnets would need a NAT
 * gateway (0.045 USD an hour and a GB) or six interface endpoints in each zone; a public address costs 0.005 USD an
 * hour, and only while its machine runs. Videos and pictures go through the S3 gateway endpoint, which is free.
 */
export class RenderNetwork extends Construct {
  readonly vpc: ec2.Vpc
  /** Nothing comes in; what goes out are HTTPS requests to AWS. */
  readonly securityGroup: ec2.SecurityGroup

  constructor(scope: Construct, id: string, { region }: { region: string }) {
    super(scope, id)
    const zones = twoZoneRegions.includes(region) ? 2 : ZONES
    this.vpc = new ec2.Vpc(this, 'Vpc', {
      // By number: without an account CDK would take two of them.
      availabilityZones: Array.from({ length: zones }, (_, at) => Fn.select(at, Fn.getAzs())),
      natGateways: 0,
      subnetConfiguration: [{ name: 'machines', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 20 }],
      gatewayEndpoints: {
        S3: { service: ec2.GatewayVpcEndpointAwsService.S3 },
        DynamoDB: { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB },
      },
      // Would be done by a Lambda of CDK's; no machine is in the default group.
      restrictDefaultSecurityGroup: false,
    })
    const flowLogs = new logs.LogGroup(this, 'FlowLogs', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    this.vpc.addFlowLog('Flows', { destination: ec2.FlowLogDestination.toCloudWatchLogs(flowLogs) })
    this.securityGroup = new ec2.SecurityGroup(this, 'Machines', {
      vpc: this.vpc,
      description: 'Render machines: nothing comes in',
      allowAllOutbound: false,
    })
    this.securityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'HTTPS to AWS')
  }
}
