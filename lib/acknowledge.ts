import { Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

/**
 * Accepts findings of a rule pack on this construct and what is inside it, for a reason that a reviewer can judge.
 * IAM findings are named one by one: 'AwsSolutions-IAM5[Resource::*]', 'AwsSolutions-IAM5[Action::s3:GetObject*]'.
 */
export function acknowledge(scope: IConstruct, ids: string | string[], reason: string): void {
  for (const id of [ids].flat()) Validations.of(scope).acknowledge({ id, reason })
}
