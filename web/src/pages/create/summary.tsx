import { useEffect, useState } from 'preact/hooks'
import type { Catalog } from '../../../../api/schemas/house.ts'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icon.tsx'
import { count, duration, money } from '../../format.ts'
import type { Draft } from './draft.ts'
import type { Estimate } from './estimate.ts'
import type { Quoted } from './quote.ts'

type Props = {
  draft: Draft
  catalog: Catalog
  estimate: Estimate
  quoted: Quoted
  problem: string | undefined
  /** It cannot be made as it stands. */
  isRefused: boolean
  isSending: boolean
  isMade: boolean
  onMake: () => void
}

/** What is going to be made, for how much, and the one button. */
export function Summary({
  draft,
  catalog,
  estimate,
  quoted: { quote, isOld },
  problem,
  isRefused,
  isSending,
  isMade,
  onMake,
}: Props) {
  const isEmpty = (draft.mode === 'topic' ? draft.topic : draft.script).trim() === ''
  const { seconds, scenes } = draft.mode === 'topic' && quote ? quote : estimate
  const isQuoted = !isEmpty && quote !== undefined && !isRefused
  // The reason stands below, where it is about no field of the form.
  const what = isRefused
    ? problem === undefined
      ? 'It cannot be made as it stands.'
      : ''
    : isEmpty
      ? `Write a ${draft.mode} to see what it costs`
      : seconds > 0
        ? `about ${duration(seconds)} · ${count(scenes, 'scene')}`
        : 'Adding up…'
  const news = useNews(isQuoted && !isOld ? `${what}, ${money(quote.totalUsd)}` : '')
  return (
    <aside class="summary" aria-label="Summary">
      <FramePreview draft={draft} catalog={catalog} />
      <div class="summary__facts">
        {what !== '' && (
          <p class={`summary__what${isOld ? ' summary__what--old' : ''}`}>
            {isQuoted && <strong class="summary__price">{money(quote.totalUsd)}</strong>}
            <span>{what}</span>
          </p>
        )}
        {isQuoted && (
          <p class="summary__most">
            {quote.atMostUsd === 0
              ? 'Free: nothing has to be bought for it.'
              : `At most ${money(quote.atMostUsd)}, should every step need a second try.`}
          </p>
        )}
        {isQuoted && quote.notices.length > 0 && (
          <ul class="summary__notices">
            {quote.notices.map((notice) => (
              <li key={notice}>
                <Icon name="info" size={16} />
                <span>{notice}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      {problem !== undefined && (
        <p class="summary__problem" role="alert">
          <Icon name="alert" size={18} />
          <span>{problem}</span>
        </p>
      )}
      <div class="summary__button">
        <Button
          kind="primary"
          size="large"
          isBusy={isSending || isMade}
          onClick={onMake}
          aria-keyshortcuts="Control+Enter Meta+Enter"
        >
          Make the video
        </Button>
        <p class="summary__keys" aria-hidden="true">
          <kbd>{isApple ? '⌘' : 'Ctrl'}</kbd> <kbd>Enter</kbd>
        </p>
      </div>
      <p class="unseen" role="status">
        {news}
      </p>
    </aside>
  )
}

/** Read out when it comes, then gone: what stands beside it says the same. */
function useNews(text: string): string {
  const [told, setTold] = useState('')
  useEffect(() => {
    setTold(text)
    const timer = setTimeout(() => setTold(''), 3000)
    return () => clearTimeout(timer)
  }, [text])
  return told
}

const isApple = /mac|iphone|ipad/i.test(navigator.userAgent)

/** The frame in its format and style, with the first words where the captions stand. */
function FramePreview({ draft, catalog }: { draft: Draft; catalog: Catalog }) {
  const format = catalog.formats.find(({ id }) => id === draft.format) ?? catalog.formats[0]
  const style = catalog.styles.find(({ id }) => id === draft.style)
  const words = (draft.mode === 'script' ? draft.script : draft.topic).trim().split(/\s+/).slice(0, 4)
  const shown = words[0] === '' || words.length < 2 ? ['Your', 'words', 'appear', 'here'] : words
  const captions = `preview__captions preview__captions--${draft.captionPosition} preview__captions--${draft.captionSize} preview__captions--${draft.captionLook}`
  return (
    <div class="preview" aria-hidden="true">
      <div class="preview__frame" style={{ '--w': format?.width ?? 9, '--h': format?.height ?? 16 }}>
        {style && <img src={style.pictureLink} alt="" />}
        {draft.captionLook !== 'none' && (
          <p class={captions} dir="auto">
            {(draft.captionLook === 'single' ? shown.slice(1, 2) : shown).map((word, index) => (
              <span key={index} class={index === 1 || draft.captionLook === 'single' ? 'preview__spoken' : undefined}>
                {draft.captionUpperCase ? word.toUpperCase() : word}{' '}
              </span>
            ))}
          </p>
        )}
        {draft.progressBar && <i class="preview__progress" />}
      </div>
    </div>
  )
}
