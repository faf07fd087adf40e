import type { Step } from '../../../../api/schemas/fields.ts'
import type { VideoDetails } from '../../../../api/schemas/videos.ts'
import { Icon } from '../../components/icon.tsx'
import { Spinner } from '../../components/spinner.tsx'
import { stepNames } from './names.ts'

const states = { waiting: 'not yet', running: 'under way', done: 'done' } as const

export function Steps({ video }: { video: VideoDetails }) {
  return (
    <ol class="steps" aria-label="Steps">
      {video.steps.map((step) => (
        <li key={step.step} class={`steps__step steps__step--${step.state}`}>
          <span class="steps__mark">
            {step.state === 'done' && <Icon name="check" size={14} />}
            {step.state === 'running' && <Spinner size={20} />}
          </span>
          <span class="steps__name">{stepNames[step.step]}</span>
          <span class="unseen">: {states[step.state]}</span>
          {step.state === 'running' && <span class="steps__count">{countOf(step, video)}</span>}
        </li>
      ))}
    </ol>
  )
}

/** '5 of 7' of what can be counted in small numbers, else percents. */
function countOf({ done, total, unit }: Step, { scenes }: VideoDetails): string {
  const of = total ?? (unit === 'scenes' ? scenes.length : undefined)
  if (done === undefined || !of) return ''
  return unit === 'scenes' ? `${done} of ${of}` : `${Math.floor((100 * done) / of)} %`
}
