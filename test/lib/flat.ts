// Templates as a reviewer reads them: references of all kinds as plain text, exports of other stacks followed.
import type { Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'

// A template is JSON of a thousand shapes; a test that expects another shape than it has fails anyway.
// oxlint-disable-next-line typescript/no-explicit-any
export type Loose = any
export type Resource = {
  Type: string
  Properties: Record<string, Loose>
  DependsOn?: string[]
  DeletionPolicy?: string
}
export type Resources = Record<string, Resource>
export type Statement = { Effect: string; Action: string[]; Resource: string[]; Condition?: unknown }

export function resourcesOf(stack: Stack, type?: string): Resources {
  const all = Template.fromStack(stack).toJSON()['Resources'] as Resources
  return Object.fromEntries(Object.entries(all).filter(([, { Type }]) => type === undefined || Type === type))
}

/** Gives a function that turns a value of a template into text; `stacks` are those whose exports it may meet. */
export function flattener(stacks: Stack[]): (value: unknown) => string {
  const exported = new Map<string, unknown>()
  for (const stack of stacks)
    for (const { Value, Export } of Object.values<Loose>(Template.fromStack(stack).toJSON()['Outputs'] ?? {}))
      if (Export) exported.set(Export.Name, Value)
  const flat = (value: Loose): string => {
    if (typeof value !== 'object') return String(value)
    if ('Ref' in value) return value.Ref.startsWith('AWS::') ? `<${value.Ref.slice(5)}>` : value.Ref
    if ('Fn::GetAtt' in value) return value['Fn::GetAtt'].join('.')
    if ('Fn::Join' in value) return value['Fn::Join'][1].map(flat).join(value['Fn::Join'][0])
    if ('Fn::ImportValue' in value) return flat(exported.get(value['Fn::ImportValue']))
    if ('Fn::Select' in value)
      return `part ${value['Fn::Select'][0]} of ${flat(value['Fn::Select'][1]['Fn::Split'][1])}`
    throw new Error(`what is ${JSON.stringify(value)}?`)
  }
  return flat
}

/** All statements of a role, wherever they stand. */
export function statementsOf(role: Resource, flat: (value: unknown) => string): Statement[] {
  const documents = (role.Properties['Policies'] ?? []) as { PolicyDocument: { Statement: Loose[] } }[]
  return documents.flatMap(({ PolicyDocument }) =>
    PolicyDocument.Statement.map(({ Effect, Action, Resource, Condition }) => ({
      Effect,
      Action: [Action].flat(),
      Resource: [Resource].flat().map(flat),
      Condition,
    })),
  )
}
