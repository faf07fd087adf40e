import type { ComponentChildren } from 'preact'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icon.tsx'
import { Progress } from '../../components/progress.tsx'
import { duration } from '../../format.ts'
import type { OwnFile } from './draft.ts'
import { type Sending, useFile } from './sending.ts'

/** A file that has been sent. `note`: what it is for; `tools`: buttons before the one that removes it. */
export function FileRow({
  file,
  note,
  tools,
  onRemove,
}: {
  file: OwnFile
  note?: string
  tools?: ComponentChildren
  onRemove: () => void
}) {
  const { facts, isGone } = useFile(file.id)
  const name = file.name || facts?.name || 'A file of the copied video'
  const seconds = facts?.durationSeconds
  return (
    <li class="file-row">
      <Thumbnail kind={file.kind} link={facts?.link} />
      <div class="file-row__words">
        <p class="file-row__name" dir="auto">
          {name}
        </p>
        <p class={isGone ? 'field__error' : 'field__hint'}>
          {isGone
            ? 'It is not there any more. Remove it, or send it again.'
            : [note, seconds !== undefined && duration(seconds)].filter(Boolean).join(' · ')}
        </p>
      </div>
      <div class="file-row__tools">
        {tools}
        <Button kind="quiet" size="small" icon="trash" label={`Remove ${name}`} onClick={onRemove} />
      </div>
    </li>
  )
}

/** One that is on its way, or was refused. */
export function SendingRow({ sending: { name, kind, part, error, stop } }: { sending: Sending }) {
  return (
    <li class="file-row">
      <Thumbnail kind={kind} />
      <div class="file-row__words">
        <p class="file-row__name">{name}</p>
        {error === undefined ? (
          <Progress value={part < 1 ? part * 100 : undefined} label={`Sending ${name}`} />
        ) : (
          <p class="field__error" role="alert">
            <Icon name="alert" size={16} />
            <span>{error.startsWith(name) ? error : sentence(error)}</span>
          </p>
        )}
      </div>
      <div class="file-row__tools">
        <Button
          kind="quiet"
          size="small"
          icon="close"
          label={error === undefined ? `Stop sending ${name}` : `Close the message about ${name}`}
          onClick={stop}
        />
      </div>
    </li>
  )
}

/** Names of files stay as they are, also one that the API has made simpler. */
function sentence(error: string): string {
  return /^\S+\.\w/.test(error) ? error : error.charAt(0).toUpperCase() + error.slice(1)
}

function Thumbnail({ kind, link }: { kind: OwnFile['kind']; link?: string | undefined }) {
  const isShown = link !== undefined && kind !== 'music'
  return (
    <div class="file-row__picture" aria-hidden="true">
      {!isShown && <Icon name={kind} />}
      {isShown && kind === 'picture' && <img src={link} alt="" />}
      {isShown && kind === 'clip' && <video src={link} muted playsInline preload="metadata" tabIndex={-1} />}
    </div>
  )
}
