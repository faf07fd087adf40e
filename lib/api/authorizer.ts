import { Duration, Stack, aws_apigateway as apigateway, aws_lambda as lambda } from 'aws-cdk-lib'
import type { Construct } from 'constructs'

/**
 * Looks at the API key of every request. No answer is kept: a revoked key stops at once, as the API says it does, and a
 * key may come in either of two headers, of which the gateway would want both to keep an answer by them. That costs one
 * read of the table and a few milliseconds of a function for each request, a tenth of what the gateway itself takes.
 */
export function keyAuthorizer(scope: Construct, api: apigateway.RestApi, authorizer: lambda.IFunction) {
  // The permission is given here and not beside the function: that one's stack must not depend on this one.
  const handler = lambda.Function.fromFunctionAttributes(scope, 'Authorizer', {
    functionArn: authorizer.functionArn,
    skipPermissions: true,
  })
  const made = new apigateway.RequestAuthorizer(scope, 'KeyAuthorizer', {
    handler,
    identitySources: [],
    resultsCacheTtl: Duration.seconds(0),
  })
  // None, which the construct writes as an empty one.
  const { defaultChild } = made.node
  ;(defaultChild as apigateway.CfnAuthorizer).addPropertyDeletionOverride('IdentitySource')
  new lambda.CfnPermission(scope, 'AuthorizerPermission', {
    functionName: authorizer.functionArn,
    action: 'lambda:InvokeFunction',
    principal: 'apigateway.amazonaws.com',
    sourceArn: Stack.of(scope).formatArn({
      service: 'execute-api',
      resource: api.restApiId,
      resourceName: `authorizers/${made.authorizerId}`,
    }),
  })
  return made
}
