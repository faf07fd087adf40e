// By a link that was printed when the server started, or by a key.
import { useEffect, useRef, useState } from 'preact/hooks'
import { ApiError, isAccepted, post } from '../api.ts'
import { Button } from '../components/button.tsx'
import { TextField } from '../components/field.tsx'
import { PageHeading } from '../components/page-heading.tsx'
import { focusOnProblem } from '../focus.ts'
import { Loading } from '../components/spinner.tsx'
import { go } from '../router.ts'
import { hasEnded, signInWith } from '../session.ts'

/** `code`: of a sign-in link; it works once, so it goes from the address and the history at once. */
export function SignInPage({ code }: { code: string | undefined }) {
  const [linkError, setLinkError] = useState<string>()
  const [isTrying, setTrying] = useState(code !== undefined)
  useEffect(() => {
    if (code === undefined) return
    history.replaceState(null, '', '#/sign-in')
    setTrying(true)
    post<{ token: string }>('/sign-in', { code }).then(
      ({ token }) => enter(token),
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error
        setTrying(false)
        setLinkError(
          isRefusal(error)
            ? 'This sign-in link does not work any more. Ask for a new one, or use a key.'
            : error.message,
        )
      },
    )
  }, [code])
  return (
    <div class="page sign-in">
      <div class="panel sign-in__panel">
        <PageHeading title="Sign in" lead="A script goes in; a narrated, illustrated, captioned video comes out." />
        {isTrying ? <Loading>Signing you in…</Loading> : <KeyForm problem={linkError} />}
      </div>
    </div>
  )
}

function KeyForm({ problem }: { problem: string | undefined }) {
  const [key, setKey] = useState('')
  const [error, setError] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (error !== undefined) focusOnProblem(form.current)
  }, [error])
  const submit = async (event: Event) => {
    event.preventDefault()
    const trimmed = key.trim()
    if (trimmed === '') return setError('Paste a key; it begins with cf_.')
    setBusy(true)
    try {
      if (await isAccepted(trimmed)) enter(trimmed)
      else setError('This key is not known, or it has been revoked. Check that all of it was copied.')
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure
      setError(failure.message)
    } finally {
      setBusy(false)
    }
  }
  const note =
    problem ?? (hasEnded.value ? 'Your session has ended. Sign in again; your draft is still here.' : undefined)
  return (
    <form ref={form} class="stack" onSubmit={(event) => void submit(event)} noValidate>
      {note !== undefined && (
        <p class="sign-in__note" role="status">
          {note}
        </p>
      )}
      <TextField
        label="API key"
        type="password"
        value={key}
        onInput={(value) => {
          setKey(value)
          setError(undefined)
        }}
        error={error}
        placeholder="cf_…"
        autocomplete="off"
        hint="It stays in this browser until you sign out."
      />
      <Button kind="primary" size="large" type="submit" isBusy={isBusy}>
        Sign in
      </Button>
      <p class="field__hint">
        On your own machine, <code>clipforge serve</code> prints a link that signs you in without a key.
      </p>
    </form>
  )
}

function enter(token: string) {
  signInWith(token)
  if (location.hash.startsWith('#/sign-in')) go('/', { replace: true })
}

function isRefusal({ problem: { status } }: ApiError): boolean {
  return status >= 400 && status < 500 && status !== 429
}
