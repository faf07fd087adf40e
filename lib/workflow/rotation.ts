import { Stack, aws_lambda as lambda, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib'
import { Construct } from 'constructs'

/** Asks `rotate` every 30 days to change each secret. */
export class Rotation extends Construct {
  constructor(scope: Construct, id: string, { rotate, secrets }: RotationProps) {
    super(scope, id)
    for (const [name, { secretArn }] of Object.entries(secrets)) {
      const permission = new lambda.CfnPermission(this, `${name}-permission`, {
        functionName: rotate.functionArn,
        action: 'lambda:InvokeFunction',
        principal: 'secretsmanager.amazonaws.com',
        sourceArn: secretArn,
        sourceAccount: Stack.of(this).account,
      })
      const schedule = new secretsmanager.CfnRotationSchedule(this, name, {
        secretId: secretArn,
        rotationLambdaArn: rotate.functionArn,
        rotationRules: { automaticallyAfterDays: 30 },
        // A new installation's secrets are empty: there is nothing to change yet.
        rotateImmediatelyOnUpdate: false,
      })
      schedule.node.addDependency(permission)
    }
  }
}

type RotationProps = { rotate: lambda.IFunction; secrets: Record<string, secretsmanager.ISecret> }
