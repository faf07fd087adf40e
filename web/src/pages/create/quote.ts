// What the draft would cost, asked for whenever it has not changed for a moment.
import { useEffect, useState } from 'preact/hooks'
import type { Quote } from '../../../../api/schemas/videos.ts'
import { ApiError, post } from '../../api.ts'
import type { Draft } from './draft.ts'
import { requestOf } from './request.ts'

export type Quoted = {
  quote?: Quote
  error?: ApiError
  /** Whether the draft has changed since. */
  isOld: boolean
}

const restMs = 400

export function useQuote(draft: Draft): Quoted {
  const text = draft.mode === 'topic' ? draft.topic : draft.script
  const isEmpty = text.trim() === ''
  const wanted = isEmpty ? '' : JSON.stringify(requestOf(draft))
  const [known, setKnown] = useState<{ of: string; quote?: Quote; error?: ApiError }>({ of: '' })
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    if (wanted === '') return undefined
    let isOver = false
    let timer = setTimeout(() => {
      quoteFor(draft).then(
        (quote) => isOver || setKnown({ of: wanted, quote }),
        (error: unknown) => {
          if (!(error instanceof ApiError)) throw error
          if (isOver) return
          // Nothing is wrong with the draft: asked again a little later.
          if (isPassing(error)) timer = setTimeout(() => setTurn((before) => before + 1), waitMs(error))
          else setKnown({ of: wanted, error })
        },
      )
    }, restMs)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [wanted, turn])
  if (isEmpty) return { isOld: false }
  const isOld = known.of !== wanted
  return { quote: known.quote, error: isOld ? undefined : known.error, isOld }
}

/**
 * Into how many scenes the text is divided by itself: asked for only where files are given to some of them and nobody
 * said how many there are to be.
 */
export async function autoScenesOf(draft: Draft): Promise<number | undefined> {
  if (draft.media.length === 0 || draft.scenes.trim() !== '' || draft.sceneList) return undefined
  const { scenes } = await post<Quote>('/v1/quotes', requestOf({ ...draft, media: [] }))
  return scenes
}

async function quoteFor(draft: Draft): Promise<Quote> {
  return post<Quote>('/v1/quotes', requestOf(draft, await autoScenesOf(draft)))
}

function isPassing({ problem: { status } }: ApiError): boolean {
  return status === 0 || status === 429 || status >= 500
}

function waitMs({ problem: { retryAfterSeconds } }: ApiError): number {
  return Math.min(60, retryAfterSeconds ?? 5) * 1000
}
