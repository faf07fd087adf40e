// Why an NVIDIA GPU did not encode, in words for who has to mend it. Pure.

/** FFmpeg's lines of libavcodec/nvenc.c, and what they mean to who has to mend it. */
const refusals: [RegExp, string][] = [
  [
    /Cannot load|Failed loading nvcuda/i,
    "the driver's libraries are not there (in a container: NVIDIA_DRIVER_CAPABILITIES=compute,utility,video)",
  ],
  [/does not support the required nvenc API|minimum required Nvidia driver/i, 'the driver is too old; update it'],
  [/OpenEncodeSessionEx failed: out of memory|incompatible client key|too many/i, 'its session limit is reached'],
  [/OpenEncodeSessionEx failed|No capable devices found|unsupported device/i, 'this GPU has no such encoder'],
  [/out of memory/i, 'its memory is full'],
]

/** `said` is what FFmpeg printed, `error` its error: the one that says more, in one line, after what it means. */
export function plainRefusal(said: string, error: string): string {
  const known = refusals.find(([line]) => line.test(said))?.[1]
  const own = said.replaceAll(/\s+/g, ' ').trim() || error
  return known ? `${known} (${own.slice(0, 160)})` : own.slice(0, 200)
}
