// Between milliseconds and frames. Always from cumulative time, so that errors never add up.

export function frameAt(ms: number, fps: number): number {
  return Math.round((ms * fps) / 1000)
}

/** How many frames it takes to show all of `ms`; at least one. */
export function framesIn(ms: number, fps: number): number {
  return Math.max(1, Math.ceil((ms * fps) / 1000))
}

/** When a frame begins. */
export function msAt(frame: number, fps: number): number {
  return toMicrosecond((frame * 1000) / fps)
}

/** So that sums of times are as short to write as their parts. */
export function toMicrosecond(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
