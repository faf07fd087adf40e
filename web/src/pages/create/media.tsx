import type { Catalog } from '../../../../api/schemas/house.ts'
import { Button } from '../../components/button.tsx'
import { FieldError, SelectField } from '../../components/field.tsx'
import { tell } from '../../components/toast.tsx'
import { count, size } from '../../format.ts'
import { kindOf } from '../../uploads.ts'
import { change, draft as current, type Draft } from './draft.ts'
import { DropZone, FileButton } from './file-input.tsx'
import { FileRow, SendingRow } from './file-row.tsx'
import { OneFile } from './one-file.tsx'
import type { Problems } from './problems.ts'
import { Section } from './section.tsx'
import { send, sendings } from './sending.ts'

type Props = { draft: Draft; catalog: Catalog; problems: Problems }

/** Pictures and clips of the user's own, for the first scenes in their order; a logo. */
export function Media({ draft, catalog, problems }: Props) {
  const { media, sceneList } = draft
  const move = (from: number, to: number) => {
    const moved = media.filter((_, index) => index !== from)
    change({ media: moved.toSpliced(to, 0, media[from]!) })
  }
  return (
    <Section
      title="Your own pictures and clips"
      hint="They are shown in the first scenes, in this order. The other scenes get pictures made for them."
    >
      {sceneList ? (
        <CopiedScenes scenes={sceneList.length} />
      ) : (
        <DropZone onFiles={(files) => void take(files)}>
          <p>
            Drop pictures and clips here, or music
            <br />
            <span class="field__hint">{limitsIn(catalog)}</span>
          </p>
          <FileButton
            label="Choose files"
            accept="image/*,video/*,audio/*"
            isMultiple
            onFiles={(files) => void take(files)}
          />
        </DropZone>
      )}
      {(media.length > 0 || (sendings.value['media']?.length ?? 0) > 0) && (
        <ol class="media-list">
          {media.map((file, index) => (
            <FileRow
              key={file.id}
              file={file}
              note={`Scene ${index + 1}`}
              onRemove={() => change({ media: media.filter(({ id }) => id !== file.id) })}
              tools={
                <>
                  <Button
                    kind="quiet"
                    size="small"
                    icon="up"
                    label={`Move ${file.name} to an earlier scene`}
                    isDisabled={index === 0}
                    onClick={() => move(index, index - 1)}
                  />
                  <Button
                    kind="quiet"
                    size="small"
                    icon="down"
                    label={`Move ${file.name} to a later scene`}
                    isDisabled={index === media.length - 1}
                    onClick={() => move(index, index + 1)}
                  />
                </>
              }
            />
          ))}
          {sendings.value['media']?.map((sending) => (
            <SendingRow key={sending.number} sending={sending} />
          ))}
        </ol>
      )}
      {draft.scenes.trim() === '' && problems.at('scenes') && <FieldError>{problems.at('scenes')}</FieldError>}
      {media.length > 0 && (
        <SelectField
          class="create__narrow"
          label="How they fill the frame"
          options={catalog.fits.map(({ id, name, description }) => ({
            id,
            name: description === undefined ? name : `${name}: ${description}`,
          }))}
          value={draft.fit}
          onChange={(fit) => change({ fit })}
        />
      )}
      <OneFile
        label="Logo"
        hint="A PNG with transparency, kept in a corner of every frame."
        kind="picture"
        value={draft.logo}
        onChange={(logo) => change({ logo })}
        error={problems.at('logo')}
        limits={catalog.limits}
      />
    </Section>
  )
}

function CopiedScenes({ scenes }: { scenes: number }) {
  return (
    <div class="copied-scenes">
      <p>
        {count(scenes, 'scene')} with their own texts, prompts or files, as in the video that this is a copy of.
        Dividing it anew forgets them.
      </p>
      <Button size="small" onClick={() => change({ sceneList: undefined })}>
        Divide it anew
      </Button>
    </div>
  )
}

async function take(files: File[]): Promise<void> {
  for (const file of files)
    if (!kindOf(file)) tell(`${file.name} is no picture, clip or music that can be used.`, { kind: 'error' })
  // Each is added where it was in the list, whichever is sent first.
  const order = new Map<string, number>()
  await Promise.all(
    files.map(async (file, index) => {
      const kind = kindOf(file)
      if (!kind) return
      const sent = await send('media', file, kind)
      if (!sent) return
      if (kind === 'music') return change({ musicFile: sent })
      order.set(sent.id, index)
      const isNew = ({ id }: { id: string }) => order.has(id)
      const { media } = current.value
      const added = [...media.filter(isNew), sent].toSorted((a, b) => order.get(a.id)! - order.get(b.id)!)
      change({ media: [...media.filter((other) => !isNew(other)), ...added] })
    }),
  )
}

function limitsIn({ limits: { uploadBytes } }: Catalog): string {
  const { picture, clip } = uploadBytes
  const most = [
    picture !== undefined && `pictures up to ${size(picture)}`,
    clip !== undefined && `clips up to ${size(clip)}`,
  ]
  const text = most.filter(Boolean).join(', ')
  return text && `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
