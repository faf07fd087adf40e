// A stretch of stereo sound that follows itself: whatever rings past its end is heard at its beginning.

export const sampleRate = 48_000

export type Stereo = { left: Float32Array; right: Float32Array }

export function silence(length: number): Stereo {
  return { left: new Float32Array(length), right: new Float32Array(length) }
}

/** How loud each side is for a `pan` from -1 to 1, the power staying the same. */
export function panned(pan: number): [left: number, right: number] {
  const angle = ((pan + 1) * Math.PI) / 4
  return [Math.cos(angle), Math.sin(angle)]
}
