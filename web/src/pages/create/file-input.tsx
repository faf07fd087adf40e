import { useRef, useState } from 'preact/hooks'
import type { ComponentChildren } from 'preact'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icon.tsx'

type Props = {
  label: string
  /** MIME types, as an input's accept. */
  accept: string
  isMultiple?: boolean
  onFiles: (files: File[]) => void
  describedBy?: string
}

/** Opens the system's file dialog. */
export function FileButton({ label, accept, isMultiple, onFiles, describedBy }: Props) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        class="unseen"
        type="file"
        tabIndex={-1}
        aria-hidden="true"
        accept={accept}
        multiple={isMultiple}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])]
          // Else the same file could not be chosen again.
          event.currentTarget.value = ''
          if (files.length > 0) onFiles(files)
        }}
      />
      <Button icon="upload" onClick={() => input.current?.click()} aria-describedby={describedBy}>
        {label}
      </Button>
    </>
  )
}

/** Where files can be dropped; whatever is in it also works without. */
export function DropZone({ onFiles, children }: { onFiles: (files: File[]) => void; children: ComponentChildren }) {
  const [isOver, setOver] = useState(false)
  return (
    <div
      class={`drop-zone${isOver ? ' drop-zone--over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      }}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const files = [...(event.dataTransfer?.files ?? [])]
        if (files.length > 0) onFiles(files)
      }}
    >
      <Icon name="upload" size={26} />
      {children}
    </div>
  )
}
