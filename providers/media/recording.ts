// A sound file that a service sent, opened: what it is, whether all of it is there, and its samples block by block.
import { openMp3, isMp3 } from './mp3.ts'
import { openRaw, openWav } from './pcm.ts'

/** `blocks` are a second or less long, one array per channel, samples in −1…1. */
export type Recording = {
  sampleRateHz: number
  channels: number
  blocks: () => AsyncGenerator<Float32Array[]>
}

/** A script is said in under 20 minutes, and music lasts ten at most. */
const longestSeconds = 1800
const mostBytes = 400_000_000

/** Throws an Error whose message is a short reason: 'it is an HTML page', 'it breaks off after 1.2 s'. */
export function openRecording(bytes: Uint8Array, rawRateHz?: number): Recording {
  if (!bytes.length) throw new Error('it is empty')
  if (bytes.length > mostBytes) throw new Error(`it has ${Math.round(bytes.length / 1e6)} MB`)
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kind = textKindOf(file) ?? containers.find(({ is }) => is(file))?.name
  if (kind) throw new Error(`it is ${kind}, not an MP3 or WAV file`)
  if (startsWith(file, 'RIFF')) return notTooLong(openWav(file))
  if (isMp3(file, rawRateHz === undefined ? 1 : surelyFrames)) return notTooLong(openMp3(file))
  if (rawRateHz !== undefined) return notTooLong(openRaw(file, rawRateHz))
  throw new Error('it is neither an MP3 nor a WAV file')
}

/** Samples can look like the head of one frame, not of four in a row. */
const surelyFrames = 4

const startsWith = (file: Buffer, text: string, at = 0) => file.toString('latin1', at, at + text.length) === text

const containers: { name: string; is: (file: Buffer) => boolean }[] = [
  { name: 'an Ogg file', is: (file) => startsWith(file, 'OggS') },
  { name: 'a FLAC file', is: (file) => startsWith(file, 'fLaC') },
  { name: 'an MP4 file', is: (file) => startsWith(file, 'ftyp', 4) },
  { name: 'a WebM file', is: (file) => file.toString('hex', 0, 4) === '1a45dfa3' },
  { name: 'an AIFF file', is: (file) => startsWith(file, 'FORM') && startsWith(file, 'AIF', 8) },
  { name: 'a picture', is: (file) => ['89504e47', 'ffd8ffe0', 'ffd8ffe1'].includes(file.toString('hex', 0, 4)) },
  { name: 'a PDF file', is: (file) => startsWith(file, '%PDF-') },
  // A layer of 0 in what is otherwise the head of an MP3 frame.
  {
    name: 'an AAC file',
    is: (file) => [0xfff0, 0xfff1, 0xfff8, 0xfff9].includes(file.length > 1 ? file.readUInt16BE(0) : 0),
  },
]

/** A page or a message where a sound should be. Samples may begin with '<' too, so all of the start must be text. */
function textKindOf(file: Buffer): string | undefined {
  const start = file.toString('latin1', 0, 200)
  if (file.subarray(0, 200).some((byte) => byte < 32 && !whiteSpace.has(byte))) return undefined
  const text = start.replace(/^(?:\xef\xbb\xbf)?\s+/, '')
  if (/^<(?:!doctype html|html|head|body)/i.test(text)) return 'an HTML page'
  if (text.startsWith('<')) return 'an XML text'
  if (/^[{[]\s*(?:["{[}\]]|$)/.test(text)) return 'a JSON text'
  return file.subarray(0, 200).every((byte) => byte < 127) ? 'a text' : undefined
}
/** Tab, line feed, carriage return. */
const whiteSpace = new Set([9, 10, 13])

function notTooLong(recording: Recording): Recording {
  return { ...recording, blocks: () => watched(recording) }
}

async function* watched({ sampleRateHz, blocks }: Recording): AsyncGenerator<Float32Array[]> {
  let samples = 0
  for await (const block of blocks()) {
    samples += block[0]?.length ?? 0
    if (samples > longestSeconds * sampleRateHz) throw new Error(`it is longer than ${longestSeconds / 60} minutes`)
    yield block
  }
}
