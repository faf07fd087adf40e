// The playlists of HLS as text (RFC 8216). Pure.

/** A piece of a file, in bytes. */
export type ByteRange = { offset: number; length: number }
/** One file of a rendition: its header, then segments one after the other. */
export type FragmentedFile = { name: string; header: ByteRange; segments: (ByteRange & { durationS: number })[] }
export type VideoRendition = FragmentedFile & { codec: string; widthPx: number; heightPx: number }
export type SoundRendition = FragmentedFile & { codec: string; channels: number }

/** Of one rendition: every segment is a range of bytes of its one file. */
export function mediaPlaylist({ name, header, segments }: FragmentedFile): string {
  const longestS = Math.max(...segments.map(({ durationS }) => durationS))
  return lines([
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.round(longestS))}`,
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MAP:URI="${name}.mp4",BYTERANGE="${header.length}@${header.offset}"`,
    ...segments.flatMap(({ durationS, length, offset }) => [
      `#EXTINF:${durationS.toFixed(6)},`,
      `#EXT-X-BYTERANGE:${length}@${offset}`,
      `${name}.mp4`,
    ]),
    '#EXT-X-ENDLIST',
  ])
}

/** The largest picture first: it is what a player begins with when it does not know its line yet. `language` is BCP 47. */
export function masterPlaylist(
  videos: VideoRendition[],
  sound: SoundRendition,
  { fps, language }: { fps: number; language: string },
): string {
  return lines([
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="${language}",LANGUAGE="${language}",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="${sound.channels}",URI="${sound.name}.m3u8"`,
    ...videos.flatMap((video) => [
      `#EXT-X-STREAM-INF:${[
        `BANDWIDTH=${peakBitsPerSecond(video) + peakBitsPerSecond(sound)}`,
        `AVERAGE-BANDWIDTH=${averageBitsPerSecond(video) + averageBitsPerSecond(sound)}`,
        `CODECS="${video.codec},${sound.codec}"`,
        `RESOLUTION=${video.widthPx}x${video.heightPx}`,
        `FRAME-RATE=${fps.toFixed(3)}`,
        'AUDIO="sound"',
      ].join(',')}`,
      `${video.name}.m3u8`,
    ]),
  ])
}

/** RFC 8216, 4.1: the largest rate of any contiguous segments of half to one and a half times the target duration. */
function peakBitsPerSecond({ segments }: FragmentedFile): number {
  const targetS = Math.max(1, Math.round(Math.max(...segments.map(({ durationS }) => durationS))))
  let peak = averageBitsPerSecond({ segments })
  for (let first = 0; first < segments.length; first++) {
    let [bytes, durationS] = [0, 0]
    for (const segment of segments.slice(first)) {
      bytes += segment.length
      durationS += segment.durationS
      if (durationS > 1.5 * targetS) break
      if (durationS >= 0.5 * targetS) peak = Math.max(peak, Math.ceil((bytes * 8) / durationS))
    }
  }
  return peak
}

function averageBitsPerSecond({ segments }: Pick<FragmentedFile, 'segments'>): number {
  const bytes = segments.reduce((sum, { length }) => sum + length, 0)
  return Math.ceil((bytes * 8) / segments.reduce((sum, { durationS }) => sum + durationS, 0))
}

const lines = (all: string[]) => `${all.join('\n')}\n`
