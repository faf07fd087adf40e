// What the stacks tell each function and the container, by name: nothing else gets into their environment here, so that
// what a stack forgets is missing here too.
import { Stack, type aws_lambda as lambda } from 'aws-cdk-lib'
import { functions, type FunctionName } from '../../lib/functions.ts'
import { resourcesOf } from '../lib/flat.ts'
import { testApp } from '../lib/synth.ts'

export type Told = { functions: Record<FunctionName, string[]>; jobs: string[] }

export async function toldByStacks(): Promise<Told> {
  const { stacks } = await testApp({}, { nag: false })
  const made = stacks.workflow.functions as Record<FunctionName, lambda.Function>
  const names = Object.keys(functions) as FunctionName[]
  const jobs = Object.values(resourcesOf(stacks.render, 'AWS::Batch::JobDefinition')).flatMap(({ Properties }) => {
    const { Environment = [] } = Properties['ContainerProperties'] as { Environment?: { Name: string }[] }
    return Environment.map(({ Name }) => Name)
  })
  return {
    functions: Object.fromEntries(names.map((name) => [name, variablesOf(made[name])])) as Told['functions'],
    jobs: [...new Set(jobs)],
  }
}

function variablesOf(made: lambda.Function): string[] {
  const { environment } = made.node.defaultChild as lambda.CfnFunction
  const { variables = {} } = Stack.of(made).resolve(environment) as { variables?: Record<string, unknown> }
  return Object.keys(variables)
}
