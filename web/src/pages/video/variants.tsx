// The same video again in another shape, or in another language by another voice.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { VideoDetails, VideoSummary } from '../../../../api/schemas/videos.ts'
import { ApiError, post } from '../../api.ts'
import { catalog, nameOf } from '../../catalog.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { focusOnProblem } from '../../focus.ts'
import { FieldError, SelectField } from '../../components/field.tsx'
import { count } from '../../format.ts'
import { href } from '../../router.ts'
import { shapeOf } from './shape.ts'

/** Those that the voices of the services speak well. */
const languages = 'en es fr de it pt nl pl sv tr ru uk ar hi id ja ko zh'.split(' ')
const languageNames = new Intl.DisplayNames('en', { type: 'language' })
const same = ''

type Wish = { format?: string; language?: string; voice?: string }

export function VariantsButton({ video }: { video: VideoDetails }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button icon="clip" aria-describedby="what-actions-do" onClick={() => setOpen(true)}>
        Variants
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title="Make a variant">
        <Variants video={video} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

function Variants({ video, onClose }: { video: VideoDetails; onClose: () => void }) {
  const [formats, setFormats] = useState<string[]>([])
  const [language, setLanguage] = useState(same)
  const [voice, setVoice] = useState(same)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const [made, setMade] = useState<VideoSummary[]>([])
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (error !== undefined) focusOnProblem(form.current)
  }, [error])
  const spoken = { ...(language !== same && { language }), ...(voice !== same && { voice }) }
  const make = async () => {
    const wishes = wishesOf(formats, spoken)
    if (wishes.length === 0) return setError('Choose another format, language or voice.')
    setBusy(true)
    setError(undefined)
    try {
      for (const wish of wishes) {
        const variant = await post<VideoSummary>(`/v1/videos/${video.id}/variants`, wish)
        setMade((before) => [...before, variant])
        setFormats((before) => before.filter((format) => format !== wish.format))
      }
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure
      setError(failure.problem.detail)
    } finally {
      setBusy(false)
    }
  }
  if (made.length > 0 && !isBusy && error === undefined) return <Made variants={made} onClose={onClose} />
  return (
    <form
      ref={form}
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) void make()
      }}
    >
      <p class="quiet">
        This video again in another format, language or voice, each a video of its own. What is the same is not made or
        bought again.
      </p>
      <Formats current={video.format} chosen={formats} onChange={setFormats} />
      <div class="variants__spoken">
        <SelectField
          label="Language"
          options={[
            { id: same, name: 'As it is' },
            ...languages.map((id) => ({ id, name: languageNames.of(id) ?? id })),
          ]}
          value={language}
          onChange={setLanguage}
        />
        <SelectField
          label="Voice"
          options={[
            { id: same, name: `${nameOf('voices', video.voice)} (as it is)` },
            ...(catalog.value?.voices ?? []).filter(({ id }) => id !== video.voice),
          ]}
          value={voice}
          onChange={setVoice}
        />
      </div>
      {error !== undefined && <FieldError>{error}</FieldError>}
      <div class="row row--end">
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="primary" type="submit" isBusy={isBusy}>
          Make {formats.length > 1 ? count(formats.length, 'variant') : 'the variant'}
        </Button>
      </div>
    </form>
  )
}

type FormatsProps = { current: string; chosen: string[]; onChange: (formats: string[]) => void }

function Formats({ current, chosen, onChange }: FormatsProps) {
  const others = (catalog.value?.formats ?? []).filter(({ id }) => id !== current)
  return (
    <fieldset class="variants__formats">
      <legend class="field__label">Other formats</legend>
      {others.map(({ id, name }) => (
        <label key={id} class="variants__format">
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={({ currentTarget: { checked } }) =>
              onChange(checked ? [...chosen, id] : chosen.filter((format) => format !== id))
            }
          />
          <span class={`frame frame--${shapeOf(id)}`} aria-hidden="true" />
          <span>
            {name} <span class="quiet">{id}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function Made({ variants, onClose }: { variants: VideoSummary[]; onClose: () => void }) {
  return (
    <div class="stack" role="status">
      <p>{variants.length === 1 ? 'The variant is being made.' : `${variants.length} variants are being made.`}</p>
      <ul class="plain-list">
        {variants.map(({ id, title, format }) => (
          <li key={id}>
            <a href={href(`/videos/${id}`)}>
              <bdi>{title ?? 'Variant'}</bdi>, {nameOf('formats', format)} {format}
            </a>
          </li>
        ))}
      </ul>
      <div class="row row--end">
        <Button kind="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  )
}

function wishesOf(formats: string[], spoken: Wish): Wish[] {
  if (formats.length > 0) return formats.map((format) => ({ format, ...spoken }))
  return Object.keys(spoken).length > 0 ? [spoken] : []
}
