/** What a listener is told; `error` is the States Language's error name, `message` a line for people. `path` names one visit of one state ('Assets[0]/Illustrate[3]/Draw'), `name` the state. */
export type WorkflowEvent = { at: string } & (
  | { type: 'ExecutionStarted'; resumed: boolean }
  | { type: 'ExecutionSucceeded'; replayed: boolean }
  | { type: 'ExecutionFailed'; error: string; message: string }
  | { type: 'ExecutionAborted' }
  | ({ path: string; name: string } & (
      | { type: 'StateEntered' }
      | { type: 'StateExited' }
      /** Finished in an earlier run: nothing was done. */
      | { type: 'StateReplayed' }
      | { type: 'TaskFailed'; attempt: number; error: string; message: string }
      | { type: 'RetryScheduled'; attempt: number; error: string; message: string; delayMs: number }
      | { type: 'Caught'; error: string; message: string; next: string }
      | { type: 'MapItemStarted'; index: number; total: number }
      | { type: 'MapItemDone'; index: number; total: number }
    ))
)

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'at'> : never
export type Emit = (event: WithoutTime<WorkflowEvent>) => void
