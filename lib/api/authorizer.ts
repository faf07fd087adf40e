import { Duration, Stack, aws_apigateway as apigateway, aws_lambda as lambda } from 'aws-cdk-lib'
import type { Construct } from 'constructs'

/**
 * Looks at the API key of every request, in the Authorization header. An answer holds for a minute: that is how long a
 * revoked key still works, and one look at the table a minute and key is what it costs.
 */
export function keyAuthorizer(scope: Construct, api: apigateway.RestApi, authorizer: lambda.IFunction) {
  // The permission is given here and not beside the function: that one's stack must not depend on this one.
  const handler = lambda.Function.fromFunctionAttributes(scope, 'Authorizer', {
    functionArn: authorizer.functionArn,
    skipPermissions: true,
  })
  const made = new apigateway.RequestAuthorizer(scope, 'KeyAuthorizer', {
    handler,
    identitySources: [apigateway.IdentitySource.header('Authorization')],
    resultsCacheTtl: Duration.minutes(1),
  })
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
