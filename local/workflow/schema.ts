// The shape of a workflow document: the Amazon States Language, JSONata only, as far as the interpreter goes.
// Strict on purpose: a field that is not here is refused, never ignored.
import * as z from 'zod'
import { timestampMs } from './clock.ts'
import { isExpression } from './expressions.ts'

/** AWS's largest number for seconds and attempts: about three years. */
const MAX_COUNT = 99_999_999
/** States Language: a state's name has at most 80 characters. */
const MAX_NAME_CHARACTERS = 80
/** AWS: MaxDelaySeconds stays below 366 days. */
const MAX_DELAY_SECONDS = 31_622_400

/** The Resource whose Arguments name the Lambda. */
export const LAMBDA_INVOKE = 'arn:aws:states:::lambda:invoke'

const Expression = z.string().refine(isExpression, 'must be a JSONata expression, {% … %}')
const orExpression = <Literal extends z.ZodType>(literal: Literal, what: string) =>
  z.union([literal, Expression], { error: `must be ${what} or a JSONata expression, {% … %}` })

const Seconds = orExpression(z.int().min(1).max(MAX_COUNT), 'a whole number of seconds from 1 up')
const Timestamp = z.string().refine((text) => timestampMs(text) !== undefined, 'must be an RFC 3339 time')
const StateName = z.string().min(1).max(MAX_NAME_CHARACTERS)
/** Any JSON value; the strings {% … %} inside it are evaluated. */
const Template = z.unknown().optional()
const Assign = z.record(z.string(), z.unknown()).optional()
const ErrorEquals = z.array(z.string().min(1)).min(1)

const Retrier = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals,
  IntervalSeconds: z.int().min(1).max(MAX_COUNT).default(1),
  MaxAttempts: z.int().min(0).max(MAX_COUNT).default(3),
  BackoffRate: z.number().min(1).default(2),
  MaxDelaySeconds: z.int().min(1).max(MAX_DELAY_SECONDS).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE'], { error: 'must be FULL or NONE' }).default('NONE'),
})
export type Retrier = z.infer<typeof Retrier>

const Catcher = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals,
  Next: StateName,
  Output: Template,
  Assign,
})
export type Catcher = z.infer<typeof Catcher>

const common = { Comment: z.string().optional(), QueryLanguage: z.literal('JSONata').optional() }
const transition = { Next: StateName.optional(), End: z.literal(true).optional() }
const effects = { Output: Template, Assign }
const recovery = { Retry: z.array(Retrier).optional(), Catch: z.array(Catcher).optional() }

const Task = z.strictObject({
  Type: z.literal('Task'),
  ...common,
  Resource: z.string().min(1),
  Arguments: orExpression(z.record(z.string(), z.unknown()), 'an object').optional(),
  TimeoutSeconds: Seconds.optional(),
  HeartbeatSeconds: Seconds.optional(),
  ...effects,
  ...recovery,
  ...transition,
})
const Pass = z.strictObject({ Type: z.literal('Pass'), ...common, ...effects, ...transition })
const Wait = z.strictObject({
  Type: z.literal('Wait'),
  ...common,
  Seconds: orExpression(z.int().min(0).max(MAX_COUNT), 'a whole number of seconds from 0 up').optional(),
  Timestamp: orExpression(Timestamp, 'an RFC 3339 time').optional(),
  ...effects,
  ...transition,
})
const Choice = z.strictObject({
  Type: z.literal('Choice'),
  ...common,
  Choices: z
    .array(
      z.strictObject({
        Comment: z.string().optional(),
        Condition: Expression,
        Next: StateName,
        Output: Template,
        Assign,
      }),
    )
    .min(1),
  Default: StateName.optional(),
  ...effects,
})
const ParallelFields = z.strictObject({
  Type: z.literal('Parallel'),
  ...common,
  Arguments: Template,
  ...effects,
  ...recovery,
  ...transition,
})
const MapFields = z.strictObject({
  Type: z.literal('Map'),
  ...common,
  Items: orExpression(z.array(z.unknown()), 'an array').optional(),
  ItemSelector: Template,
  MaxConcurrency: orExpression(z.int().min(0), 'a whole number from 0 up').optional(),
  ...effects,
  ...recovery,
  ...transition,
})
const Succeed = z.strictObject({ Type: z.literal('Succeed'), ...common, Output: Template })
const Fail = z.strictObject({
  Type: z.literal('Fail'),
  ...common,
  // Optional in the specification, but a failure without a name is one that no Catch can tell apart.
  Error: z.string().min(1),
  Cause: z.string().optional(),
})

// Branches and items hold states again: the types are spelled out here, because inference cannot see round a circle.
export type Machine = { Comment?: string; StartAt: string; States: Record<string, State> }
export type State =
  | z.infer<typeof Task | typeof Pass | typeof Wait | typeof Choice | typeof Succeed | typeof Fail>
  | (z.infer<typeof ParallelFields> & { Branches: Machine[] })
  | (z.infer<typeof MapFields> & { ItemProcessor: Machine })
export type StateOf<Type extends State['Type']> = Extract<State, { Type: Type }>

const machine = {
  Comment: z.string().optional(),
  StartAt: StateName,
  States: z.record(
    StateName,
    z.lazy((): z.ZodType<State> => State),
  ),
}
const Mode = z.literal('INLINE', { error: 'only INLINE is supported' }).optional()
const State = z.discriminatedUnion('Type', [
  Task,
  Pass,
  Wait,
  Choice,
  ParallelFields.extend({ Branches: z.array(z.strictObject(machine)).min(1) }),
  MapFields.extend({
    ItemProcessor: z.strictObject({ ProcessorConfig: z.strictObject({ Mode }).optional(), ...machine }),
  }),
  Succeed,
  Fail,
])

export const WorkflowDocument = z.strictObject({
  Version: z.literal('1.0').optional(),
  QueryLanguage: z.literal('JSONata', { error: 'must be JSONata' }),
  TimeoutSeconds: z.int().min(1).max(MAX_COUNT).optional(),
  ...machine,
})
export type WorkflowDocument = z.infer<typeof WorkflowDocument>
