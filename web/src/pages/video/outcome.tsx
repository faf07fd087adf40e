import { useState } from 'preact/hooks'
import type { VideoDetails } from '../../../../api/schemas/videos.ts'
import { del, post } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { Icon } from '../../components/icon.tsx'
import { focusOn } from '../../focus.ts'
import { money, upToCent } from '../../format.ts'
import { useAct } from './act.ts'
import type { Live } from './live.ts'

/** Why there is no video, or no new version of it, and how to go on. */
export function Outcome({ video, live }: { video: VideoDetails; live: Live }) {
  const retrying = useAct()
  const givingUp = useAct()
  const isFailed = video.status === 'failed'
  const what = video.links ? 'The change' : 'The video'
  const limit = useLimit(video)
  const retry = () =>
    retrying.act(async () => {
      await post(`/v1/videos/${video.id}/retry`, limit && { maxCostUsd: limit.usd })
      await live.reload()
      focusOn()
    })
  const giveUp = () =>
    givingUp.act(async () => {
      await del(`/v1/videos/${video.id}/edition`)
      await live.reload()
      focusOn()
    })
  return (
    <form
      class={`outcome outcome--${video.status}`}
      aria-label="What happened"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!retrying.isBusy && !limit?.isWrong) void retry()
      }}
    >
      <Icon name={isFailed ? 'alert' : 'stop'} size={22} />
      <div class="outcome__words">
        <h2>{isFailed ? `${what} could not be made` : `${what} was cancelled`}</h2>
        {isFailed && <p dir="auto">{whyOf(video)}</p>}
        {video.links && <p>The version below is as it was.</p>}
        <p class="outcome__cost">
          {video.bill.totalUsd > 0
            ? `Spent so far: ${money(video.bill.totalUsd)}. `
            : 'Nothing was spent on services. '}
          What was made is kept: trying again buys nothing twice.
        </p>
        {limit?.field}
      </div>
      <div class="outcome__ways">
        {video.links && (
          <Button isBusy={givingUp.isBusy} onClick={() => void giveUp()}>
            Give up the change
          </Button>
        )}
        <Button kind="primary" icon="refresh" type="submit" isBusy={retrying.isBusy} isDisabled={limit?.isWrong}>
          Try again
        </Button>
      </div>
    </form>
  )
}

/** What a video was allowed to cost that stopped there. */
function limitOf({ error, request: { maxCostUsd } }: VideoDetails): number | undefined {
  return error?.name === 'BudgetError' && typeof maxCostUsd === 'number' ? maxCostUsd : undefined
}

function whyOf(video: VideoDetails): string {
  const before = limitOf(video)
  if (before === undefined) return video.error?.message ?? 'Something on the way did not work.'
  const start = `It may cost at most ${money(before)}, and the next step could cost more`
  return video.neededUsd === undefined
    ? `${start} than is left of that.`
    : `${start}: ${money(upToCent(video.neededUsd))} in all is needed.`
}

const mostUsd = 1000

/** Of a video that would have cost more than it may: what it may cost from now on. */
function useLimit(video: VideoDetails) {
  const [text, setText] = useState<string>()
  const before = limitOf(video)
  if (before === undefined) return undefined
  const { neededUsd } = video
  const value = text ?? String(Math.min(mostUsd, upToCent(Math.max(before * 2, neededUsd ?? 0.01))))
  const usd = Number(value)
  const isEnough = neededUsd === undefined ? usd > before : usd >= neededUsd
  const isWrong = !(isEnough && usd <= mostUsd)
  const least = neededUsd === undefined ? `more than ${before}` : `at least ${upToCent(neededUsd)}`
  const field = (
    <TextField
      label="Most it may cost now, in dollars"
      type="number"
      min={0}
      max={mostUsd}
      step="any"
      inputMode="decimal"
      class="outcome__limit"
      error={isWrong ? `Give ${least}, and at most ${mostUsd}.` : undefined}
      value={value}
      onInput={setText}
    />
  )
  return { field, usd, isWrong }
}
