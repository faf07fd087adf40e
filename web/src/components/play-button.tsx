// Samples to listen to: one plays at a time on all of the page.
import { signal } from '@preact/signals'
import { Icon } from './icon.tsx'
import { tell } from './toast.tsx'

const playing = signal<string | undefined>(undefined)
let audio: HTMLAudioElement | undefined

/** `name`: what is heard, for those who do not see the button. */
export function PlayButton({ source, name }: { source: string; name: string }) {
  // Several voices may share a sample; only the one that was pressed shows it.
  const id = `${source} ${name}`
  const isPlaying = playing.value === id
  return (
    <button
      type="button"
      class="play-button"
      aria-label={`${isPlaying ? 'Stop' : 'Listen to'} ${name}`}
      aria-pressed={isPlaying}
      onClick={() => (isPlaying ? stopSamples() : play(source, id))}
    >
      <Icon name={isPlaying ? 'stop' : 'play'} size={16} />
    </button>
  )
}

/** For who leaves the page, or starts something else that sounds. */
export function stopSamples(): void {
  audio?.pause()
  audio = undefined
  playing.value = undefined
}

function play(source: string, id: string): void {
  stopSamples()
  const sample = new Audio(source)
  audio = sample
  playing.value = id
  const over = () => {
    if (audio === sample) stopSamples()
  }
  sample.addEventListener('ended', over)
  sample.play().catch(() => {
    if (audio !== sample) return
    over()
    tell('This sample cannot be played here.', { kind: 'error' })
  })
}
