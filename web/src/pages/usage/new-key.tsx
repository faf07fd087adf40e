import { useEffect, useRef, useState } from 'preact/hooks'
import type { NewKey } from '../../../../api/schemas/house.ts'
import { ApiError, post } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/field.tsx'
import { focusOnProblem } from '../../focus.ts'
import { RadioCards } from '../../components/radio-cards.tsx'

type Space = 'own' | 'shared'
type Props = { isOpen: boolean; onClose: () => void; onMade: (key: NewKey) => void }

export function NewKeyDialog({ isOpen, onClose, onMade }: Props) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="New key">
      <Form
        onClose={onClose}
        onMade={(key) => {
          onClose()
          onMade(key)
        }}
      />
    </Dialog>
  )
}

function Form({ onClose, onMade }: Omit<Props, 'isOpen'>) {
  const [name, setName] = useState('')
  const [space, setSpace] = useState<Space>('own')
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (error !== undefined) focusOnProblem(form.current)
  }, [error])
  const make = async () => {
    if (name.trim() === '') return setError('Give it a name, so that you know it again.')
    setBusy(true)
    try {
      onMade(await post<NewKey>('/v1/keys', { name: name.trim(), space }))
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure
      setError(failure.problem.detail)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      ref={form}
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) void make()
      }}
    >
      <TextField
        label="Name"
        hint="Who or what is going to use it."
        value={name}
        maxLength={60}
        onInput={(typed) => {
          setName(typed)
          setError(undefined)
        }}
        error={error}
        autocomplete="off"
      />
      <RadioCards<Space>
        legend="Its videos"
        options={[
          { id: 'own', name: 'Its own', description: 'It sees none of your videos, and you see none of its.' },
          {
            id: 'shared',
            name: 'Shared with yours',
            description: 'It sees, changes and deletes the same videos as you.',
          },
        ]}
        value={space}
        onChange={setSpace}
      />
      <div class="row row--end">
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="primary" type="submit" isBusy={isBusy}>
          Make the key
        </Button>
      </div>
    </form>
  )
}
