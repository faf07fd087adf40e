type Yuv = [y: number, u: number, v: number]

/** Full-range sRGB (0…255) to limited-range BT.709: 16…235 and 16…240, not rounded. */
export function yuvOf(red: number, green: number, blue: number): Yuv {
  const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return [
    16 + (219 / 255) * luma,
    128 + ((224 / 255) * (blue - luma)) / 1.8556,
    128 + ((224 / 255) * (red - luma)) / 1.5748,
  ]
}

/** '#rrggbb' */
export function yuvOfHex(colour: string): Yuv {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as Yuv
  return yuvOf(red, green, blue)
}
