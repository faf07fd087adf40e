import { Reference, Stack, Tokenization, type IResolvable, type aws_iam as iam } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'

/** Why an action is allowed on more than one thing. An action that is not here has no business with a wildcard. */
const reasons: Record<string, string> = {
  's3:GetObject': 'it reads what belongs to any video: which one is known when it runs',
  's3:GetObjectVersion': 'it reads whatever was dropped into the inbox, by its version',
  's3:PutObject': 'it writes what belongs to any video: which one is known when it runs',
  's3:DeleteObject': 'it deletes uploads of whoever asks for it: whose is known when it runs',
  'states:DescribeExecution': "executions of this one state machine: each video's has a name of its own",
  'states:StopExecution': "executions of this one state machine: each video's has a name of its own",
  'batch:SubmitJob': 'any revision of this one definition: an execution may be older than the newest deployment',
  'batch:TerminateJob': "a job's name is Batch's to give: without it a stopped execution's job would go on and cost",
  'batch:DescribeJobs': 'Batch describes jobs on * only',
  'xray:PutTraceSegments': 'X-Ray knows no resources: it takes traces on * only',
  'logs:CreateLogDelivery': 'the delivery of logs knows no resources: it is set up on * only',
}

/** Gives cdk-nag the reasons for the wildcards in these statements of `role`. Throws Error for one without a reason. */
export function acknowledgeWildcards(role: IConstruct, statements: iam.PolicyStatement[]): void {
  const found = new Map<string, Set<string>>()
  for (const { actions, resources } of statements)
    for (const resource of resources.filter((name) => name.includes('*'))) {
      const reason = reasons[actions[0]!]
      if (reason === undefined) throw new Error(`no reason is written down for ${actions[0]} on ${resource}`)
      const name = findingName(role, resource)
      found.set(name, (found.get(name) ?? new Set()).add(reason))
    }
  for (const [name, why] of found) acknowledge(role, `AwsSolutions-IAM5[Resource::${name}]`, [...why].join('; '))
}

/** As cdk-nag writes it: values of other stacks by the names of their exports, all else as in the template. */
function findingName(scope: IConstruct, resource: string): string {
  const { tokens, literals } = partsOf(resource)
  return literals.reduce((name, literal, at) => name + literal + (tokens[at] ? tokenName(scope, tokens[at]) : ''), '')
}

function partsOf(resource: string): { literals: string[]; tokens: IResolvable[] } {
  const fragments = Tokenization.reverseString(resource)
  const { tokens } = fragments
  // One more than there are tokens: what stands before, between and behind them.
  const literals = resource.split(/\$\{Token\[[^\]]+\]\}/)
  return { literals, tokens }
}

function tokenName(scope: IConstruct, token: IResolvable): string {
  if (Reference.isReference(token) && Stack.of(token.target) !== Stack.of(scope)) {
    const exporting = Stack.of(token.target)
    const imported = exporting.resolve(exporting.exportValue(token)) as { 'Fn::ImportValue': string }
    return imported['Fn::ImportValue']
  }
  const resolved = Stack.of(scope).resolve(token) as { Ref?: string }
  return resolved.Ref === undefined ? JSON.stringify(resolved) : `<${resolved.Ref}>`
}
