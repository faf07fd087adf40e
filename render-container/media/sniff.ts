// What a file is by its first bytes, and whether its end is there, whatever it is called. Nothing else is ever opened: a
// page, a drawing or a playlist in disguise gets no further than this.
import type { FileHandle } from 'node:fs/promises'
import type { UploadKind } from '../../core/uploads.ts'

/** `kinds`: what it may be used as, the likeliest first, with the extension and type that it then has. */
export type Sniffed = { noun: string; kinds: Partial<Record<UploadKind, Named>>; isWhole: () => Promise<boolean> }
type Named = { extension: string; contentType: string }

/** The file's first bytes, and a way to read any others; those after its end come as zeros. */
type Start = { head: Buffer; size: number; at: (position: number, length: number) => Promise<Buffer> }

/** Undefined for what cannot be used as anything. */
export async function sniff(file: FileHandle): Promise<Sniffed | undefined> {
  const { size } = await file.stat()
  const at = async (position: number, length: number) => {
    const bytes = Buffer.alloc(length)
    await file.read(bytes, 0, length, position)
    return bytes
  }
  const start: Start = { head: await at(0, 64), size, at }
  for (const look of looks) {
    const found = await look(start)
    if (found) return found
  }
  return undefined
}

/** For what is refused: a name for it, and what to do. Undefined where there is nothing to say. */
export function otherFile(head: Buffer): string | undefined {
  const text = head.toString('latin1').replace(/^(?:\xef\xbb\xbf)?\s+/, '')
  return others.find(([is]) => is.test(text))?.[1]
}

const others: [RegExp, string][] = [
  [/^GIF8/, 'is a GIF; save it as PNG, or as MP4 if it moves'],
  [/^(?:<\?xml|<svg)/i, 'is an SVG or another XML file; save the drawing as PNG'],
  [/^<(?:!doctype|html|head|body|script)/i, 'is a web page; download the file itself and not the page around it'],
  [/^%PDF/, 'is a PDF; save the page as PNG'],
  [/^wOF[F2]/, 'is a WOFF, which browsers use; upload the same font as TTF or OTF'],
  [/^ttcf/, 'is a collection of fonts; upload the one that you want as TTF or OTF'],
  [/^....ftyp(?:hei[cfmsx]|mif1|msf1|avif)/s, 'is a HEIC or AVIF picture; save it as JPEG, PNG or WebP'],
  [/^RIFF....AVI /s, 'is an AVI; save it as MP4'],
  [/^#EXTM3U/, 'is a playlist; upload the file that it names'],
]

const whole = async () => true
const picture = (extension: string, contentType: string): Sniffed => ({
  noun: 'picture',
  // Its reader looks for its end.
  kinds: { picture: { extension, contentType } },
  isWhole: whole,
})
const sound = (extension: string, contentType: string, isWhole = whole): Sniffed => ({
  noun: 'sound file',
  kinds: { music: { extension, contentType } },
  isWhole,
})
const font = (extension: string): Sniffed => ({
  noun: 'font',
  kinds: { font: { extension, contentType: `font/${extension}` } },
  isWhole: whole,
})

type Look = (start: Start) => Sniffed | undefined | Promise<Sniffed | undefined>

const looks: Look[] = [
  ({ head }) => (head.toString('hex', 0, 3) === 'ffd8ff' ? picture('jpg', 'image/jpeg') : undefined),
  ({ head }) => (head.toString('hex', 0, 8) === '89504e470d0a1a0a' ? picture('png', 'image/png') : undefined),
  ({ head }) => (isRiff(head, 'WEBP') ? picture('webp', 'image/webp') : undefined),
  (start) => (isRiff(start.head, 'WAVE') ? sound('wav', 'audio/wav', () => isWholeWave(start)) : undefined),
  ({ head }) => (head.toString('latin1', 0, 4) === 'fLaC' ? sound('flac', 'audio/flac') : undefined),
  ({ head }) => (head.toString('latin1', 0, 4) === 'OggS' ? sound('ogg', 'audio/ogg') : undefined),
  async (start) => ((await isMp3(start)) ? sound('mp3', 'audio/mpeg') : undefined),
  ({ head }) => (/^(?:00010000|74727565)$/.test(head.toString('hex', 0, 4)) ? font('ttf') : undefined),
  ({ head }) => (head.toString('latin1', 0, 4) === 'OTTO' ? font('otf') : undefined),
  boxes,
  matroska,
]

function isRiff(head: Buffer, form: string): boolean {
  return head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === form
}

/** Recorders that did not know the length write 0 or the largest number, and then there is nothing to compare. */
async function isWholeWave({ size, at }: Start): Promise<boolean> {
  for (let position = 12; position + 8 <= size;) {
    const header = await at(position, 8)
    const length = header.readUInt32LE(4)
    if (header.toString('latin1', 0, 4) === 'data')
      return length === 0 || length >= 0xffff_ff00 || position + 8 + length <= size + 1
    position += 8 + length + (length % 2)
  }
  return false
}

/** Behind the tags at its start there must be sound: what FFmpeg makes of a file, it decides behind them too. */
async function isMp3({ head, size, at }: Start): Promise<boolean> {
  let position = 0
  for (let tag = head; tag.toString('latin1', 0, 3) === 'ID3'; tag = await at(position, 10)) {
    // Seven bits a byte (ID3v2.4, 3.1), and ten more for the header and perhaps for a footer.
    const length = [6, 7, 8, 9].reduce((sum, index) => sum * 128 + (tag[index]! & 0x7f), 0)
    position += 10 + length + (tag[5]! & 0x10 ? 10 : 0)
    if (position >= size) return false
  }
  const bytes = await at(position, 4096)
  // Some writers fill up with zeros.
  const sync = bytes.findIndex((byte) => byte !== 0)
  const [first = 0, second = 0] = sync < 0 ? [] : bytes.subarray(sync, sync + 2)
  // Eleven bits of sync, and a layer: AAC in ADTS has none.
  return first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x06) !== 0
}

const firstBoxes = ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot', 'styp']

/** ISO/IEC 14496-12, 4.2, and QuickTime before it. Who made it for sound alone says so in its brand. */
function boxes(start: Start): Sniffed | undefined {
  const { head } = start
  const [type, brand] = [head.toString('latin1', 4, 8), head.toString('latin1', 8, 12)]
  if (!firstBoxes.includes(type) || (type === 'ftyp' && /^(?:hei[cfmsx]|mif1|msf1|avi[fs])$/.test(brand)))
    return undefined
  const isQuickTime = type !== 'ftyp' || brand === 'qt  '
  const clip = isQuickTime
    ? { extension: 'mov', contentType: 'video/quicktime' }
    : { extension: 'mp4', contentType: 'video/mp4' }
  const music = { extension: 'm4a', contentType: 'audio/mp4' }
  const isSound = /^M4[ABP] $/.test(brand)
  return {
    noun: isSound ? 'sound file' : 'clip',
    kinds: isSound ? { music } : { clip, music },
    isWhole: () => areWholeBoxes(start),
  }
}

/** Each box begins with its length, so a file that was cut off ends within one. */
async function areWholeBoxes({ size, at }: Start): Promise<boolean> {
  let hasIndex = false
  for (let position = 0, count = 0; position < size; count++) {
    if (count > 100_000) return false
    const header = await at(position, 16)
    const short = header.readUInt32BE(0)
    const length = short === 1 ? Number(header.readBigUInt64BE(8)) : short === 0 ? size - position : short
    hasIndex ||= header.toString('latin1', 4, 8) === 'moov'
    // Some cameras leave a few zeros at the end.
    if (length < 8) return hasIndex && size - position < 4096
    position += length
    if (position > size) return false
  }
  return hasIndex
}

/** RFC 8794: EBML, and in it a document of type 'webm' or 'matroska'. */
function matroska(start: Start): Sniffed | undefined {
  const { head } = start
  if (head.toString('hex', 0, 4) !== '1a45dfa3') return undefined
  const type = /webm|matroska/.exec(head.toString('latin1'))?.[0]
  if (type === undefined) return undefined
  const clip =
    type === 'webm'
      ? { extension: 'webm', contentType: 'video/webm' }
      : { extension: 'mkv', contentType: 'video/x-matroska' }
  return { noun: 'clip', kinds: { clip }, isWhole: () => isWholeSegment(start) }
}

/** The segment, which everything is in, says how long it is, unless it was written by a browser as it went. */
async function isWholeSegment({ size, head, at }: Start): Promise<boolean> {
  const header = numberAt(head, 4)
  if (!header) return false
  const position = header.end + (header.value ?? 0)
  const segment = await at(position, 16)
  if (segment.toString('hex', 0, 4) !== '18538067') return false
  const length = numberAt(segment, 4)
  return length !== undefined && (length.value === undefined || position + length.end + length.value <= size)
}

/** EBML's numbers of 1 to 8 bytes; all ones mean that it is not known. */
function numberAt(bytes: Buffer, start: number): { value: number | undefined; end: number } | undefined {
  const length = Math.clz32(bytes[start]!) - 23
  if (length > 8) return undefined
  let value = BigInt(bytes[start]! & (0xff >> length))
  for (let index = 1; index < length; index++) value = value * 256n + BigInt(bytes[start + index]!)
  const isKnown = value !== 2n ** BigInt(7 * length) - 1n
  return { value: isKnown ? Number(value) : undefined, end: start + length }
}
