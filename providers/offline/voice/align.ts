// Which word each phone of an utterance belongs to. Flite prints phones without word boundaries, so the phones that
// it says are matched with those of each word said by itself: the edit distance with the fewest changes. They differ
// only where context changes a sound ('the' before a vowel), about three phones in a thousand.

const replacedWithinClass = 0.6
const replacedAcrossClasses = 1.4
const insertedOrMissing = 1
const isVowel = (phone: string) => /^[aeiou]/.test(phone)

/**
 * For each spoken phone, the index of its word. Words own their phones in order; a phone that no word expects goes
 * with the phone before it.
 *
 * @param spoken the phones of the utterance, pauses left out
 * @param expected the phones of each word said alone
 */
export function wordsOfPhones(spoken: string[], expected: string[][]): number[] {
  const wanted = expected.flatMap((phones, word) => phones.map((phone) => ({ phone, word })))
  const width = spoken.length + 1
  const costs = new Float64Array((wanted.length + 1) * width)
  const at = (i: number, j: number) => costs[i * width + j]!
  const replace = (i: number, j: number) => at(i - 1, j - 1) + changeCost(wanted[i - 1]!.phone, spoken[j - 1]!)
  const drop = (i: number, j: number) => at(i - 1, j) + insertedOrMissing
  for (let i = 0; i <= wanted.length; i++) {
    for (let j = 0; j < width; j++) {
      if (i === 0 || j === 0) costs[i * width + j] = (i + j) * insertedOrMissing
      else costs[i * width + j] = Math.min(replace(i, j), drop(i, j), at(i, j - 1) + insertedOrMissing)
    }
  }
  const owners: number[] = Array.from({ length: spoken.length }, () => -1)
  for (let i = wanted.length, j = spoken.length; i > 0 && j > 0;) {
    if (at(i, j) === replace(i, j)) owners[--j] = wanted[--i]!.word
    else if (at(i, j) === drop(i, j)) i--
    else j--
  }
  const first = owners.find((owner) => owner >= 0) ?? 0
  return owners.map((owner, j) =>
    owner >= 0 ? owner : (owners.slice(0, j).findLast((before) => before >= 0) ?? first),
  )
}

function changeCost(wanted: string, spoken: string): number {
  if (wanted === spoken) return 0
  return isVowel(wanted) === isVowel(spoken) ? replacedWithinClass : replacedAcrossClasses
}
