// What a playlist says of a codec, so that a player knows whether it can play it (RFC 6381): read from the headers
// that MP4 keeps for the decoder.
import { AV_CODEC_ID_AAC, AV_CODEC_ID_AV1, AV_CODEC_ID_H264, AV_CODEC_ID_HEVC } from 'node-av/constants'
import type { Stream } from 'node-av/lib'

/** Such as 'avc1.640028', 'hvc1.1.6.L120.90', 'av01.0.08M.08', 'mp4a.40.2'. */
export function codecString({ codecpar }: Stream): string {
  const header = codecpar.extradata ?? Buffer.alloc(0)
  switch (codecpar.codecId) {
    case AV_CODEC_ID_H264:
      // avcC: version, profile, constraints, level (ISO 14496-15, 5.3.3)
      return `avc1.${header.toString('hex', 1, 4)}`
    case AV_CODEC_ID_HEVC:
      return hevcString(header)
    case AV_CODEC_ID_AV1:
      return av1String(header)
    case AV_CODEC_ID_AAC:
      return `mp4a.40.${header[0]! >> 3}`
    default:
      throw new Error(`no name for codec ${codecpar.codecId} in a playlist`)
  }
}

/** hvcC (ISO 14496-15, 8.3.3 and annex E): the compatibility flags in reverse, constraint bytes without zeros at the end. */
function hevcString(header: Buffer): string {
  const profile = header[1]!
  const space = ['', 'A', 'B', 'C'][profile >> 6]!
  const flags = header.readUInt32BE(2).toString(2).padStart(32, '0')
  const compatible = Number.parseInt([...flags].toReversed().join(''), 2).toString(16)
  const tier = profile & 0x20 ? 'H' : 'L'
  const constraints =
    header
      .toString('hex', 6, 12)
      .toUpperCase()
      .replace(/(00)+$/, '')
      .match(/../g) ?? []
  return ['hvc1', `${space}${profile & 0x1f}`, compatible.toUpperCase(), `${tier}${header[12]!}`, ...constraints].join(
    '.',
  )
}

/** av1C (AV1 in ISO base media files, 2.3.3): profile and level, tier and depth. */
function av1String(header: Buffer): string {
  const [profileAndLevel, flags] = [header[1]!, header[2]!]
  const level = String(profileAndLevel & 0x1f).padStart(2, '0')
  const bits = flags & 0x40 ? (flags & 0x20 ? 12 : 10) : 8
  return `av01.${profileAndLevel >> 5}.${level}${flags & 0x80 ? 'H' : 'M'}.${String(bits).padStart(2, '0')}`
}
