// Whether ClipForge can be reached. Requests tell; while it cannot be, it is asked for every few seconds.
import { effect, signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

export const isLost = signal(false)

/** `ping` ends when anything at all answers. */
export function lost(ping: () => Promise<unknown>): void {
  if (isLost.value) return
  isLost.value = true
  const again = () => {
    timer = setTimeout(() => {
      ping().then(found, again)
    }, againMs)
  }
  again()
}
const againMs = 2000
let timer: ReturnType<typeof setTimeout> | undefined

export function found(): void {
  clearTimeout(timer)
  isLost.value = false
}

/**
 * Calls back when the connection is there again, and when somebody comes back to the page: what it shows may be old.
 * Ends with the function that stops it.
 */
export function onReturn(back: () => void): () => void {
  let wasLost = isLost.peek()
  const stop = effect(() => {
    const isBack = wasLost && !isLost.value
    wasLost = isLost.value
    if (isBack) back()
  })
  const onVisible = () => document.hidden || back()
  document.addEventListener('visibilitychange', onVisible)
  addEventListener('online', back)
  return () => {
    stop()
    document.removeEventListener('visibilitychange', onVisible)
    removeEventListener('online', back)
  }
}

export function useOnReturn(back: () => void): void {
  const latest = useRef(back)
  latest.current = back
  useEffect(() => onReturn(() => latest.current()), [])
}
