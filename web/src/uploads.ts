// Sends a file of the user's: asks for a form, sends the file straight to the storage, has it checked.
import type { NewUpload, Upload } from '../../api/schemas/house.ts'
import { ApiError, apiUrl, post } from './api.ts'

export type UploadKind = Upload['kind']

/**
 * Throws ApiError; a file that was refused comes back with `state` 'refused' and the reason. `onProgress`: 0 to 1.
 */
export async function sendFile(
  file: File,
  kind: UploadKind,
  { onProgress, signal }: { onProgress?: (part: number) => void; signal?: AbortSignal } = {},
): Promise<Upload> {
  const made = await post<NewUpload>('/v1/uploads', { name: file.name, kind })
  if (file.size > made.maxBytes) {
    const megabytes = (bytes: number) => Math.ceil(bytes / 1e6)
    const detail = `${file.name} has ${megabytes(file.size)} MB; at most ${Math.floor(made.maxBytes / 1e6)} MB can be sent`
    throw problem(detail, 'too-large')
  }
  await sendForm(made.form, file, onProgress, signal)
  return post<Upload>(`/v1/uploads/${made.id}/check`)
}

/** What a file is for, by its type; undefined for what is no picture, clip or music. */
export function kindOf({ type, name }: { type: string; name: string }): 'picture' | 'clip' | 'music' | undefined {
  if (type.startsWith('image/')) return 'picture'
  if (type.startsWith('video/')) return 'clip'
  if (type.startsWith('audio/')) return 'music'
  const extension = name.toLowerCase().split('.').at(-1) ?? ''
  return Object.entries(extensions).find(([, list]) => list.includes(extension))?.[0] as
    | 'picture'
    | 'clip'
    | 'music'
    | undefined
}
const extensions = {
  picture: ['jpg', 'jpeg', 'png', 'webp', 'gif', 'avif'],
  clip: ['mp4', 'mov', 'webm', 'mkv', 'm4v'],
  music: ['mp3', 'wav', 'm4a', 'flac', 'ogg', 'aac'],
}

// By XMLHttpRequest: fetch does not tell how much of a body has been sent.
async function sendForm(
  form: NewUpload['form'],
  file: File,
  onProgress: ((part: number) => void) | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const body = new FormData()
  for (const [name, value] of Object.entries(form.fields)) body.append(name, value)
  body.append('file', file)
  const url = new URL(form.url, new URL(await apiUrl(), location.href)).href
  await new Promise<void>((resolve, reject) => {
    const request = new XMLHttpRequest()
    const failed = () =>
      reject(problem(`${file.name} could not be sent. Check the connection and try again.`, 'not-sent'))
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress?.(total === 0 ? 0 : loaded / total))
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve()
      else
        reject(problem(reasonIn(request) ?? `${file.name} was not taken (${request.status}). Try again.`, 'not-sent'))
    })
    request.addEventListener('error', failed)
    request.addEventListener('abort', failed)
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.open('POST', url)
    request.send(body)
  })
}

function reasonIn({ responseText }: XMLHttpRequest): string | undefined {
  try {
    const { detail } = JSON.parse(responseText) as { detail?: unknown }
    return typeof detail === 'string' ? detail : undefined
  } catch {
    return undefined
  }
}

function problem(detail: string, code: string): ApiError {
  return new ApiError({ type: 'about:blank', title: 'The file was not sent', status: 0, detail, code })
}
