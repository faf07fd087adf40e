import { useMemo, useRef } from 'preact/hooks'

type Props = { text: string; isSpoken: boolean; startMs: number | undefined }

/**
 * A scene's words: pale until they have been spoken. When the narration comes while somebody looks, light runs through
 * them in the order of the script; who has asked for less motion, or comes later, sees them lit.
 */
export function Words({ text, isSpoken, startMs = 0 }: Props) {
  const wasSpoken = useRef(isSpoken)
  const words = useMemo(() => wordsOf(text), [text])
  const isSweep = isSpoken && !wasSpoken.current
  const state = isSpoken ? (isSweep ? 'sweep' : 'spoken') : 'waiting'
  if (!isSweep) return <span class={`words words--${state}`}>{text}</span>
  return (
    <span class="words words--sweep">
      {words.map((word, index) => (
        <span key={index} class="words__word" style={{ '--delay': `${Math.round(startMs / 30 + index * 25)}ms` }}>
          {word}
        </span>
      ))}
    </span>
  )
}

/** Japanese and Thai have no spaces to divide by; browsers that cannot tell words get theirs by spaces. */
function wordsOf(text: string): string[] {
  if (!('Segmenter' in Intl)) return text.split(/(?<=\s)/)
  return [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)].map(({ segment }) => segment)
}
