import { useId } from 'preact/hooks'
import type { Catalog } from '../../../../api/schemas/house.ts'
import { FieldError } from '../../components/field.tsx'
import { size } from '../../format.ts'
import type { OwnFile } from './draft.ts'
import { FileButton } from './file-input.tsx'
import { FileRow, SendingRow } from './file-row.tsx'
import { send, sendings } from './sending.ts'

type Props = {
  label: string
  hint: string
  kind: OwnFile['kind']
  value: OwnFile | undefined
  onChange: (file: OwnFile | undefined) => void
  error?: string | undefined
  limits: Catalog['limits']
}

const accepted = { picture: 'image/*', clip: 'video/*', music: 'audio/*' }

/** A field that holds a single file of the user's. */
export function OneFile({ label, hint, kind, value, onChange, error, limits }: Props) {
  const id = useId()
  const most = limits.uploadBytes[kind]
  const onFiles = async ([file]: File[]) => {
    const sent = file && (await send(label, file, kind))
    if (sent) onChange(sent)
  }
  return (
    <div class="one-file" role="group" aria-labelledby={id}>
      <div class="one-file__words">
        <p class="field__label" id={id}>
          {label}
        </p>
        <p class="field__hint" id={`${id}-hint`}>
          {hint}
          {most !== undefined && ` At most ${size(most)}.`}
        </p>
      </div>
      {!value && (
        <FileButton
          label={`Choose ${label.toLowerCase()}`}
          accept={accepted[kind]}
          onFiles={(files) => void onFiles(files)}
          describedBy={`${id}-hint`}
        />
      )}
      <ul class="one-file__list">
        {value && <FileRow file={value} onRemove={() => onChange(undefined)} />}
        {sendings.value[label]?.map((sending) => (
          <SendingRow key={sending.number} sending={sending} />
        ))}
      </ul>
      {error && <FieldError>{error}</FieldError>}
    </div>
  )
}
