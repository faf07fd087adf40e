// What the API needs from where it runs. No SDK here: lambdas/api.ts makes it on AWS.
import type { VideoStore } from '../core/ports.ts'
import type { SubmitPorts } from '../core/submit.ts'

/** Who asks. Whoever checked the key says so. */
export type Caller = { owner: string; keyId?: string; plan?: string }

/** What came with a request besides HTTP. `basePath`: what stands before '/v1' in its address ('' or '/live'). */
export type Surroundings = { caller: Caller | undefined; basePath: string }

/** A form to send a file with, straight to the storage. */
export type UploadForm = { url: string; fields: Record<string, string>; expiresAt: string }

/** By their names, with the time (ISO 8601) until which they work; or the reason why there are none. */
export type Links = { links: Record<string, string>; expiresAt: string } | { notice: string }

export type ApiPorts = SubmitPorts & {
  videos: VideoStore
  /** Stops that attempt to make the video; what is not running any more counts as stopped. */
  stop: (videoId: string, attempt: number) => Promise<void>
  /** `names` are names of deliverables (core/keys.ts). */
  linksTo: (videoId: string, names: string[]) => Promise<Links>
  formFor: (key: string, file: { contentType: string; maxBytes: number }) => Promise<UploadForm>
  /** Whose pages may call it. */
  corsOrigins: string[]
  surroundings: (env: unknown) => Surroundings
  /** Told of what nobody foresaw, before the answer 500. */
  onError: (error: unknown) => void
}
