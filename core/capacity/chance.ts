/** `random`: numbers in [0, 1). All times in the unit of `mean`. */
export function exponential(mean: number, random: () => number): number {
  return -mean * Math.log(1 - random())
}

/**
 * How much a time varies: 0 = it is always its mean; else it is the sum of so many exponential parts (Erlang), so 1 is
 * an exponential time and 6 varies by about 40 %.
 */
export function varying(mean: number, parts: number, random: () => number): number {
  if (parts === 0 || mean === 0) return mean
  let product = 1
  for (let i = 0; i < parts; i++) product *= 1 - random()
  return (-mean / parts) * Math.log(product)
}
