// The Lambda service: instances that are started when they are needed and used again, one event each at a time, never
// more of a function at once than is reserved for it.
import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { functions, type FunctionName } from '../../lib/functions.ts'
import type { Answered, Invocation } from './function-process.ts'

export type Outcome = { value: unknown } | { error: { errorType: string; errorMessage: string } } | 'throttled'
export type FunctionService = {
  invoke: (name: FunctionName, event: unknown) => Promise<Outcome>
  /** How many ran at once at the most, and how many ran in all. */
  mostAtOnce: (name: FunctionName) => number
  invocations: (name: FunctionName) => number
  /** That many of the next invocations are told that there are too many. */
  throttle: (name: FunctionName, times: number) => void
  /** Kills all processes of that function that are at work. */
  kill: (name: FunctionName) => void
  close: () => Promise<void>
}
type Options = {
  /** Where the bundles are. */
  dir: string
  environment: (name: FunctionName) => Record<string, string>
  reserved: Partial<Record<FunctionName, number>>
  /** Where everything that the functions print goes. */
  logFile: string
}
type Instance = { child: ChildProcess; busy: boolean }
type State = { instances: Instance[]; running: number; most: number; count: number; toThrottle: number }

export function openFunctions({ dir, environment, reserved, logFile }: Options): FunctionService {
  const states = new Map<FunctionName, State>()
  // Many write to it.
  const log = createWriteStream(logFile, { flags: 'a' }).setMaxListeners(0)
  const stateOf = (name: FunctionName) => {
    const state = states.get(name) ?? { instances: [], running: 0, most: 0, count: 0, toThrottle: 0 }
    states.set(name, state)
    return state
  }
  const start = (name: FunctionName): Instance => {
    const child = fork(fileURLToPath(new URL('function-process.ts', import.meta.url)), [join(dir, name)], {
      env: { ...baseEnvironment(), ...environment(name), AWS_LAMBDA_FUNCTION_NAME: name },
      execArgv: [],
      silent: true,
    })
    child.stdout!.pipe(log, { end: false })
    child.stderr!.pipe(log, { end: false })
    return { child, busy: false }
  }
  return {
    async invoke(name, event) {
      const state = stateOf(name)
      if (state.toThrottle > 0) {
        state.toThrottle--
        return 'throttled'
      }
      if (state.running >= (reserved[name] ?? Infinity)) return 'throttled'
      const instance = state.instances.find(({ busy, child }) => !busy && child.connected) ?? start(name)
      if (!state.instances.includes(instance)) state.instances.push(instance)
      instance.busy = true
      state.running++
      state.count++
      state.most = Math.max(state.most, state.running)
      try {
        return await run(instance, name, event)
      } finally {
        state.running--
        instance.busy = false
        if (!instance.child.connected) state.instances.splice(state.instances.indexOf(instance), 1)
      }
    },
    mostAtOnce: (name) => stateOf(name).most,
    invocations: (name) => stateOf(name).count,
    throttle: (name, times) => void (stateOf(name).toThrottle += times),
    kill: (name) => {
      for (const { child, busy } of stateOf(name).instances) if (busy) child.kill('SIGKILL')
    },
    close: async () => {
      const children = [...states.values()].flatMap(({ instances }) => instances.map(({ child }) => child))
      await Promise.all(children.map(ended))
      log.end()
    },
  }
}

/** Nothing of whoever runs the test gets in but what a process needs to run at all. */
function baseEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '', NODE_OPTIONS = '' } = process.env
  return {
    PATH,
    HOME,
    NODE_OPTIONS,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test-secret',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    POWERTOOLS_TRACE_ENABLED: 'false',
  }
}

function run({ child }: Instance, name: FunctionName, event: unknown): Promise<Outcome> {
  const id = randomUUID()
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  const onMessage = ({ id: of, value, error }: Answered) => {
    if (of === id) resolve(error ? { error } : { value })
  }
  const onExit = () =>
    resolve({ error: { errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited without providing a reason' } })
  child.on('message', onMessage)
  child.once('exit', onExit)
  const { timeoutSeconds } = functions[name]
  // What travels is JSON, as it does to a Lambda.
  const invocation: Invocation = { id, name, event: JSON.parse(JSON.stringify(event)), timeoutSeconds }
  child.send(invocation)
  return promise.finally(() => {
    child.off('message', onMessage)
    child.off('exit', onExit)
  })
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  const { promise, resolve } = Promise.withResolvers<void>()
  child.once('exit', () => resolve())
  child.kill()
  return promise
}
