// From one sample rate to another, block by block: a Kaiser-windowed sinc per phase. 44.1 kHz is to 48 kHz as 147 to
// 160, so 160 sets of weights are all there are.

/** `push` gives what is certain after another block, `end` the rest: in all, as many samples as the time is long. */
export function resampler(fromHz: number, toHz: number) {
  if (fromHz === toHz) return { push: (block: Float32Array) => block, end: () => new Float32Array(0) }
  const shared = commonDivisor(fromHz, toHz)
  const [up, down] = [toHz / shared, fromHz / shared]
  const { weights, reach } = weightsOf(up, down)
  // What has been pushed and is still in reach; before the first sample there is silence.
  let held = new Float32Array(reach)
  let heldFrom = -reach
  let pushed = 0
  let made = 0
  const makeUpTo = (count: number) => {
    const out = new Float32Array(Math.max(0, count - made))
    for (let i = 0; i < out.length; i++, made++) {
      const position = made * down
      const phase = (position % up) * 2 * reach
      const from = Math.floor(position / up) - reach + 1 - heldFrom
      let sum = 0
      for (let tap = 0; tap < 2 * reach; tap++) sum += held[from + tap]! * weights[phase + tap]!
      out[i] = sum
    }
    const needed = Math.floor((made * down) / up) - reach + 1
    held = held.slice(Math.max(0, needed - heldFrom))
    heldFrom = Math.max(heldFrom, needed)
    return out
  }
  const append = (block: Float32Array) => {
    const longer = new Float32Array(held.length + block.length)
    longer.set(held)
    longer.set(block, held.length)
    held = longer
  }
  return {
    push: (block: Float32Array) => {
      append(block)
      pushed += block.length
      return makeUpTo(Math.floor(((pushed - reach) * up) / down))
    },
    end: () => {
      append(new Float32Array(reach + 1))
      return makeUpTo(Math.round((pushed * up) / down))
    },
  }
}

const tapsPerSide = 24
/** Of a Kaiser window: 80 dB. */
const beta = 8
/** The transition band begins a little below the lower of both Nyquist frequencies. */
const bandwidth = 0.94

function weightsOf(up: number, down: number): { weights: Float32Array; reach: number } {
  const cutoff = Math.min(1, up / down) * bandwidth
  const reach = Math.ceil(tapsPerSide / Math.min(1, up / down))
  const weights = new Float32Array(up * 2 * reach)
  for (let phase = 0; phase < up; phase++) {
    let sum = 0
    for (let tap = 0; tap < 2 * reach; tap++) {
      const x = tap - reach + 1 - phase / up
      const inside = Math.max(0, 1 - (x / reach) ** 2)
      const weight = sinc(x * cutoff) * bessel0(beta * Math.sqrt(inside))
      weights[phase * 2 * reach + tap] = weight
      sum += weight
    }
    for (let tap = 0; tap < 2 * reach; tap++) weights[phase * 2 * reach + tap]! /= sum
  }
  return { weights, reach }
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

/** The modified Bessel function of order 0, by its series. */
function bessel0(x: number): number {
  let sum = 1
  for (let k = 1, term = 1; term > 1e-9 * sum; k++) sum += term *= (x / (2 * k)) ** 2
  return sum
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}
