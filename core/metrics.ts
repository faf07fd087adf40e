// What is measured about making videos. The functions count it, the dashboards show it, the alarms watch it.

export const metricsNamespace = 'ClipForge'

/** By name: what it counts, its unit (CloudWatch's), and the dimension that divides it. */
export const metrics = {
  VideosMade: { unit: 'Count', about: 'videos that are done' },
  VideosFailed: { unit: 'Count', about: 'videos that failed, cancelled ones not counted' },
  VideoSeconds: { unit: 'Seconds', about: 'from the request to the finished video' },
  CostPerVideo: { unit: 'None', about: 'US dollars that the bill of one finished video comes to' },
  ServiceCost: { unit: 'None', about: 'US dollars charged by a service', dimension: 'provider' },
  ServiceCalls: { unit: 'Count', about: 'requests to a service that it charged for', dimension: 'provider' },
  ServiceUnits: { unit: 'Count', about: 'what a service counts: tokens, characters, images', dimension: 'provider' },
  ServiceFailures: { unit: 'Count', about: 'requests to a service that brought nothing of use', dimension: 'provider' },
  RenderSeconds: { unit: 'Seconds', about: 'a render job from its start to its end', dimension: 'queue' },
  RenderWaitSeconds: { unit: 'Seconds', about: 'a render job from its order to its start', dimension: 'queue' },
  RendersFailed: { unit: 'Count', about: 'render jobs that failed, lost machines included', dimension: 'queue' },
  VideosWaiting: { unit: 'Count', about: 'videos that are accepted and not done' },
  OldestWaitingSeconds: { unit: 'Seconds', about: 'since the oldest unfinished video was accepted' },
  VideosStuck: { unit: 'Count', about: 'unfinished videos that nothing works on any more' },
  VideosRestarted: { unit: 'Count', about: 'videos that got lost between services and were started again' },
  UploadsRefused: { unit: 'Count', about: 'lines and files in the inbox that are no request' },
} as const satisfies Record<string, { unit: 'Count' | 'Seconds' | 'None'; about: string; dimension?: string }>

export type MetricName = keyof typeof metrics
