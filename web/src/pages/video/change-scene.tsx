// What can be different in one scene. Only what changes is made and paid again.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Scene } from '../../../../api/schemas/fields.ts'
import type { VideoDetails } from '../../../../api/schemas/videos.ts'
import { ApiError, patch } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { focusOn, focusOnProblem } from '../../focus.ts'
import { FieldError, TextField } from '../../components/field.tsx'
import { tell } from '../../components/toast.tsx'
import { sendFile } from '../../uploads.ts'
import type { Live } from './live.ts'
import { isUnderWay } from './state.ts'

type Props = { scene: Scene; video: VideoDetails; live: Live; onSent: () => void }
type Change = { redo: true } | { text: string } | { prompt: string } | { picture: string }
type Kind = 'redo' | 'text' | 'prompt' | 'picture'

export function ChangeScene({ scene, video, live, onSent }: Props) {
  const [editing, setEditing] = useState<'text' | 'prompt'>()
  const [busy, setBusy] = useState<Kind>()
  const [error, setError] = useState<string>()
  const send = async (kind: Kind, change: () => Promise<Change> | Change) => {
    setBusy(kind)
    setError(undefined)
    try {
      await patch(`/v1/videos/${video.id}/scenes/${scene.number}`, await change())
      await live.reload()
      // A short change may be made, or have failed, by now.
      if (isUnderWay(live.details.value?.status ?? 'done')) tell(`Scene ${scene.number} is being changed.`)
      onSent()
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure
      setError(failure.problem.detail)
    } finally {
      setBusy(undefined)
    }
  }
  // The editor that had the focus is gone.
  const close = () => {
    setEditing(undefined)
    focusOn(`#change-${scene.number}-${editing}`)
  }
  const isOff = (kind: Kind) => busy !== undefined && busy !== kind
  return (
    <div class="change">
      <div class="change__ways">
        <Button
          size="small"
          icon="refresh"
          isBusy={busy === 'redo'}
          isDisabled={isOff('redo')}
          onClick={() => void send('redo', () => ({ redo: true }))}
        >
          {scene.picture.isOwn ? 'Draw a picture instead' : 'Redo this picture'}
        </Button>
        <Button
          size="small"
          icon="captions"
          id={`change-${scene.number}-text`}
          aria-expanded={editing === 'text'}
          isDisabled={isOff('text')}
          onClick={() => setEditing(editing === 'text' ? undefined : 'text')}
        >
          Change this line
        </Button>
        <Button
          size="small"
          icon="edit"
          id={`change-${scene.number}-prompt`}
          aria-expanded={editing === 'prompt'}
          isDisabled={isOff('prompt')}
          onClick={() => setEditing(editing === 'prompt' ? undefined : 'prompt')}
        >
          Change what it shows
        </Button>
        <OwnPicture
          isBusy={busy === 'picture'}
          isDisabled={isOff('picture')}
          onFile={(file) => void send('picture', () => pictureOf(file))}
        />
      </div>
      {editing === 'text' && (
        <Editor
          key="text"
          label={`What is said in scene ${scene.number}`}
          hint="This line is spoken anew; the picture stays."
          text={scene.text}
          isBusy={busy === 'text'}
          onSave={(text) => void send('text', () => ({ text }))}
          onCancel={close}
        />
      )}
      {editing === 'prompt' && (
        <Editor
          key="prompt"
          label={`What the picture of scene ${scene.number} shows`}
          hint="A new picture is made from these words; everything else stays."
          text={scene.prompt ?? scene.text}
          maxLength={1000}
          isBusy={busy === 'prompt'}
          onSave={(prompt) => void send('prompt', () => ({ prompt }))}
          onCancel={close}
        />
      )}
      {error !== undefined && <FieldError>{error}</FieldError>}
    </div>
  )
}

type EditorProps = {
  label: string
  hint: string
  text: string
  maxLength?: number
  isBusy: boolean
  onSave: (text: string) => void
  onCancel: () => void
}

function Editor({ label, hint, text, maxLength, isBusy, onSave, onCancel }: EditorProps) {
  const [value, setValue] = useState(text)
  const [error, setError] = useState<string>()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('textarea')?.focus(), [])
  const refuse = (why: string) => {
    setError(why)
    focusOnProblem(form.current)
  }
  return (
    <form
      ref={form}
      class="change__editor"
      onSubmit={(event) => {
        event.preventDefault()
        if (isBusy) return
        if (value.trim() === '') refuse('Write at least one word.')
        else if (value.trim() === text.trim()) refuse('This is what it is already. Change it, or cancel.')
        else onSave(value.trim())
      }}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      <TextField
        label={label}
        hint={hint}
        rows={3}
        maxLength={maxLength}
        value={value}
        onInput={(typed) => {
          setValue(typed)
          setError(undefined)
        }}
        error={error}
      />
      <div class="row">
        <Button kind="primary" size="small" type="submit" isBusy={isBusy}>
          Make it
        </Button>
        <Button kind="quiet" size="small" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

function OwnPicture({
  isBusy,
  isDisabled,
  onFile,
}: {
  isBusy: boolean
  isDisabled: boolean
  onFile: (file: File) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button size="small" icon="upload" isBusy={isBusy} isDisabled={isDisabled} onClick={() => input.current?.click()}>
        Use my own picture
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label="Picture from your device"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          event.currentTarget.value = ''
          if (file) onFile(file)
        }}
      />
    </>
  )
}

async function pictureOf(file: File): Promise<Change> {
  const { id, state, reason } = await sendFile(file, 'picture')
  if (state === 'ready') return { picture: id }
  const detail = reason ?? `${file.name} cannot be used as a picture.`
  throw new ApiError({ type: 'about:blank', title: 'The picture was not taken', status: 422, detail, code: 'refused' })
}
