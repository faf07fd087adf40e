// Who uses the page: a key or a session's token, kept in this browser until they sign out.
import { signal } from '@preact/signals'
import { keep, kept } from './kept.ts'

const place = 'clipforge.token'

/** Sent with every request. Undefined: the sign-in page is shown. */
export const token = signal<string | undefined>(kept(place))
/** Whether the last session was ended by the API, not by the user. */
export const hasEnded = signal(false)

export function signInWith(keyOrToken: string): void {
  hasEnded.value = false
  token.value = keyOrToken
  keep(place, keyOrToken)
}

export function signOut(): void {
  token.value = undefined
  keep(place, undefined)
}

/** The API does not take the key any more. */
export function endSession(): void {
  if (token.value === undefined) return
  hasEnded.value = true
  signOut()
}

// Another tab signed in or out.
addEventListener('storage', ({ key, newValue }) => {
  if (key === place) token.value = newValue ?? undefined
})
