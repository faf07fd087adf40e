// Where a video begins: what is said, how it looks and sounds, what it costs, and the one button.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Catalog } from '../../../api/schemas/house.ts'
import type { Quote, VideoDetails } from '../../../api/schemas/videos.ts'
import { ApiError } from '../api.ts'
import { useOnReturn } from '../connection.ts'
import { focusOnProblem } from '../focus.ts'
import { catalog, catalogError, loadCatalog } from '../catalog.ts'
import { Problem } from '../components/empty.tsx'
import { PageHeading } from '../components/page-heading.tsx'
import { stopSamples } from '../components/play-button.tsx'
import { Loading } from '../components/spinner.tsx'
import { tell } from '../components/toast.tsx'
import { shortened } from '../format.ts'
import { useResource } from '../resource.ts'
import { go } from '../router.ts'
import { Advanced, advancedFields } from './create/advanced.tsx'
import { Captions } from './create/captions.tsx'
import { clearText, type Draft, draft } from './create/draft.ts'
import { estimateOf } from './create/estimate.ts'
import { Look } from './create/look.tsx'
import { Media } from './create/media.tsx'
import { problemsIn } from './create/problems.ts'
import { useQuote } from './create/quote.ts'
import { copyOf } from './create/copy.ts'
import { whyNobodyWrites } from './create/writer.ts'
import { ScriptEditor } from './create/script-editor.tsx'
import { Music, Voices } from './create/sound.tsx'
import { makeVideo } from './create/submit.ts'
import { Summary } from './create/summary.tsx'

/** `from`: the video to make another like. */
export function CreatePage({ from }: { from: string | undefined }) {
  const copied = useResource<VideoDetails>(from === undefined ? undefined : `/v1/videos/${from}`)
  useEffect(() => {
    if (!copied.data) return
    const before = draft.value
    const copy = copyOf(copied.data)
    draft.value = copy.draft
    go('/', { replace: true })
    const hadText = before.script !== '' || before.topic !== ''
    const title = shortened(copied.data.title ?? 'the video', 60)
    tell([`Filled in as “${title}” is.`, ...copy.notices].join(' '), {
      action: hadText ? { label: 'Back to my draft', do: () => (draft.value = before) } : undefined,
    })
  }, [copied.data])
  const all = catalog.value
  return (
    <div class="page">
      <PageHeading title="Make a video" lead="A script goes in; a narrated, illustrated, captioned video comes out." />
      {copied.error && <Problem error={copied.error} onRetry={copied.reload} />}
      {catalogError.value && !all && <Problem error={catalogError.value} onRetry={() => void loadCatalog()} />}
      {!all && !catalogError.value && <Loading />}
      {all && <Form catalog={all} />}
    </div>
  )
}

const formFields = ['script', 'topic', 'format', 'style', 'voice', 'music', 'musicFile', 'captions', 'scenes', 'logo']
const knownFields = [...formFields, ...advancedFields]

function Form({ catalog: all }: { catalog: Catalog }) {
  const wish = draft.value
  const text = wish.mode === 'script' ? wish.script : ''
  const counted = useMemo(() => estimateOf(text), [text])
  const quoted = useQuote(wish)
  // One length everywhere: the quote's, where it is about this draft.
  const estimate = quoted.quote && !quoted.isOld ? { ...counted, ...lengthOf(quoted.quote) } : counted
  const nobodyWrites = whyNobodyWrites(wish, all)
  const { make, isSending, isMade, failure } = useMaking(nobodyWrites)
  const whyNot = wish.mode === 'topic' ? nobodyWrites : undefined
  const refused = failure?.problem ?? quoted.error?.problem
  const problems = problemsIn(refused, knownFields)
  const [isAdvanced, setAdvanced] = useState(false)
  const form = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const first = failure && problems.first
    if (first === undefined) return
    if (advancedFields.includes(first) || (first === 'scenes' && wish.scenes !== '')) setAdvanced(true)
    // After the fold has opened.
    requestAnimationFrame(() => focusOnProblem(form.current))
  }, [failure])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return
      event.preventDefault()
      make()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [make])

  const parts = { draft: wish, catalog: all, problems }
  return (
    <div class="create" ref={form}>
      <div class="create__form">
        <ScriptEditor draft={wish} limits={all.limits} {...{ estimate, problems, nobodyWrites }} />
        <Look {...parts} />
        <Voices {...parts} />
        <Captions {...parts} />
        <Music {...parts} />
        <Media {...parts} />
        <Advanced {...parts} isOpen={isAdvanced} onToggle={setAdvanced} />
      </div>
      <Summary
        {...{ draft: wish, catalog: all, estimate, quoted, isSending, isMade }}
        isRefused={refused !== undefined || whyNot !== undefined}
        problem={whyNot ?? problems.other}
        onMake={make}
      />
    </div>
  )
}

/** One at a time: a second click, or the keys on top of it, find the first at work. */
function useMaking(nobodyWrites: string | undefined) {
  const [state, setState] = useState<{ isSending: boolean; isMade: boolean; failure?: ApiError }>({
    isSending: false,
    isMade: false,
  })
  const isBusy = useRef(false)
  const wish = draft.value
  // A refusal is about the draft as it was.
  useEffect(() => setState((before) => (before.failure ? { ...before, failure: undefined } : before)), [wish])
  useOnReturn(() =>
    setState((before) =>
      before.failure?.problem.status === 0 && before.failure.problem.code === 'no-connection'
        ? { ...before, failure: undefined }
        : before,
    ),
  )
  const make = () => {
    if (isBusy.current) return
    const missing = whatIsMissing(draft.value, nobodyWrites)
    if (missing) return setState({ isSending: false, isMade: false, failure: missing })
    isBusy.current = true
    stopSamples()
    setState({ isSending: true, isMade: false })
    makeVideo(draft.value).then(
      (id) => {
        setState({ isSending: false, isMade: true })
        clearText()
        return go(`/videos/${id}`)
      },
      (error: unknown) => {
        isBusy.current = false
        if (!(error instanceof ApiError)) throw error
        setState({ isSending: false, isMade: false, failure: error })
      },
    )
  }
  return { ...state, make }
}

function lengthOf({ seconds, scenes }: Quote) {
  return { seconds, scenes }
}

/** What is known to be refused is not sent. */
function whatIsMissing({ mode, script, topic }: Draft, nobodyWrites: string | undefined): ApiError | undefined {
  if (mode === 'topic' && nobodyWrites !== undefined) return nothingIn(mode, nobodyWrites)
  if ((mode === 'script' ? script : topic).trim() !== '') return undefined
  return nothingIn(
    mode,
    mode === 'script' ? 'Write at least one sentence to say.' : 'Say in a few words what it is about.',
  )
}

function nothingIn(field: Draft['mode'], rule: string): ApiError {
  const problem = { type: 'about:blank', title: 'Nothing is written yet', status: 0, detail: rule, code: 'empty' }
  return new ApiError({ ...problem, errors: [{ field, rule }] })
}
