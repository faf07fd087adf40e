// Files on their way, and what they look like, while the page is open.
import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { Upload } from '../../../../api/schemas/house.ts'
import { ApiError, get } from '../../api.ts'
import { sendFile } from '../../uploads.ts'
import type { OwnFile } from './draft.ts'

export type Sending = {
  number: number
  name: string
  kind: OwnFile['kind']
  /** 0 to 1. */
  part: number
  error?: string
  stop: () => void
}

/** By what they are for: 'media', 'logo' … */
export const sendings = signal<Record<string, Sending[]>>({})
/** Of sent files by their ids, for showing them: from this computer's own copy, else from the API. */
const known = signal<Record<string, Pick<Upload, 'name' | 'link' | 'durationSeconds'>>>({})
let lastNumber = 0

/** The sent file; undefined when it was refused, could not be sent or was stopped: then its entry says why. */
export async function send(place: string, file: File, kind: OwnFile['kind']): Promise<OwnFile | undefined> {
  const number = ++lastNumber
  const ended = new AbortController()
  const stop = () => {
    ended.abort()
    remove(place, number)
  }
  set(place, [...(sendings.value[place] ?? []), { number, name: file.name, kind, part: 0, stop }])
  const update = (change: Partial<Sending>) =>
    set(
      place,
      (sendings.value[place] ?? []).map((other) => (other.number === number ? { ...other, ...change } : other)),
    )
  try {
    const upload = await sendFile(file, kind, { onProgress: (part) => update({ part }), signal: ended.signal })
    if (ended.signal.aborted) return undefined
    if (upload.state !== 'ready') {
      update({ error: upload.reason ?? 'This file cannot be used.' })
      return undefined
    }
    known.value = { ...known.value, [upload.id]: { ...upload, link: URL.createObjectURL(file) } }
    remove(place, number)
    return { id: upload.id, name: upload.name, kind }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    update({ error: error.message })
    return undefined
  }
}

/** What can be shown of a sent file; undefined until it is known. `isGone`: it was deleted meanwhile. */
export function useFile(id: string): { facts?: Pick<Upload, 'name' | 'link' | 'durationSeconds'>; isGone: boolean } {
  const [isGone, setGone] = useState(false)
  const facts = known.value[id]
  useEffect(() => {
    if (facts) return
    get<Upload>(`/v1/uploads/${id}`).then(
      (upload) => (known.value = { ...known.value, [id]: upload }),
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error
        if (error.problem.status === 404) setGone(true)
      },
    )
  }, [id, facts === undefined])
  return { facts, isGone }
}

function set(place: string, list: Sending[]): void {
  sendings.value = { ...sendings.value, [place]: list }
}

function remove(place: string, number: number): void {
  set(
    place,
    (sendings.value[place] ?? []).filter((other) => other.number !== number),
  )
}
