// Alarms about videos on their way: made in time, made at all.
import { formula, own, renderQueues, shareOf, states, total } from '../measures.ts'
import { failuresAnHour, none, sum, sweepMinutes, type AlarmSpec } from './spec.ts'

export const videosAlarms = {
  'videos-failing': {
    means: "Too many of the last hour's videos failed.",
    metric: () =>
      shareOf(
        { failed: own('VideosFailed', sum(60)), well: own('VideosMade', sum(60)) },
        { atLeast: 3, minutes: 60, label: 'failed share' },
      ),
    above: ({ alarms: { failedShare } }) => failedShare,
    periods: [1, 1],
    missing: 'fine',
  },
  'oldest-waiting': {
    means: 'Somebody has waited for a video for longer than this size promises.',
    metric: () => own('OldestWaitingSeconds', { statistic: 'Maximum', minutes: sweepMinutes }),
    above: ({ alarms: { oldestQueuedMinutes } }) => oldestQueuedMinutes * 60,
    periods: [2, 2],
    // The sweeper reports it; sweeper-silent tells when that one is gone.
    missing: 'as before',
  },
  'queue-long': {
    means: 'More videos wait than this size makes in an hour at its peak.',
    metric: () => own('VideosWaiting', { statistic: 'Maximum', minutes: sweepMinutes }),
    above: ({ videosPerHour }) => videosPerHour,
    periods: [2, 2],
    missing: 'as before',
  },
  'videos-stuck': {
    means: 'Videos are unfinished and nothing works on them, although the sweeper tried.',
    metric: () => own('VideosStuck', { statistic: 'Maximum', minutes: sweepMinutes }),
    above: none,
    // The sweeper starts lost ones again, so one look with something stuck is no reason to get up.
    periods: [3, 3],
    missing: 'as before',
  },
  'videos-restarted': {
    means: 'Many videos get lost between services and come late.',
    metric: () => own('VideosRestarted', sum(60)),
    above: failuresAnHour,
    periods: [1, 1],
    missing: 'fine',
  },
  'sweeper-silent': {
    means: 'Nobody looks after lost videos, and queue length and waiting time are not known.',
    metric: () => own('VideosWaiting', { statistic: 'SampleCount', minutes: sweepMinutes }),
    below: () => 1,
    periods: [4, 4],
    missing: 'bad',
  },
  'render-wait': {
    means: 'Renders wait for a machine.',
    metric: () =>
      formula(
        'MAX([spot, onDemand])',
        {
          spot: own('RenderWaitSeconds', { statistic: 'p90', minutes: 15, of: 'spot' }),
          onDemand: own('RenderWaitSeconds', { statistic: 'p90', minutes: 15, of: 'onDemand' }),
        },
        { minutes: 15, label: 'seconds, p90' },
      ),
    // Half of the time that somebody may wait for a whole video.
    above: ({ alarms: { oldestQueuedMinutes } }) => oldestQueuedMinutes * 30,
    periods: [2, 3],
    missing: 'fine',
  },
  'renders-failed': {
    means: 'Render jobs fail or lose their machines; videos come late or not at all.',
    metric: () =>
      total(
        renderQueues.map((of) => own('RendersFailed', { ...sum(60), of })),
        { minutes: 60, label: 'failed renders' },
      ),
    above: failuresAnHour,
    periods: [1, 1],
    missing: 'fine',
  },
  'renders-without-gpu': {
    means: 'No GPU machine was to be had: videos are rendered on processors, slower and dearer.',
    metric: () => own('RenderSeconds', { statistic: 'SampleCount', minutes: 60, of: 'processor' }),
    above: none,
    periods: [1, 1],
    missing: 'fine',
  },
  'workflow-failed': {
    means: 'Workflows end in failure, whatever was counted about their videos.',
    metric: (watched) => states(watched, 'ExecutionsFailed', sum(60)),
    above: failuresAnHour,
    periods: [1, 1],
    missing: 'fine',
  },
  'workflow-timed-out': {
    means: 'A workflow ran into its time limit; its video is lost until it is started again.',
    metric: (watched) => states(watched, 'ExecutionsTimedOut', sum(5)),
    above: none,
    periods: [1, 1],
    missing: 'fine',
  },
} as const satisfies Record<string, AlarmSpec>
