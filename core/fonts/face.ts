// How the letters of a face measure, as core/fonts.ts needs it to choose a face and to lay out text without opening it.

/** How far letters reach above and below the baseline. */
export type Extent = { topEm: number; footEm: number }

/**
 * `heightEm` to `capitals`: see FontFace in core/fonts.ts. `advances`: what each character adds to a line; `joined`: what
 * those add that change beside others; both as packAdvances writes them.
 */
export type FaceData = {
  /** What libass looks it up by. */
  name: string
  heightEm: number
  descentEm: number
  letters: Extent
  capitals: Extent
  advances: string
  joined: string
}

/** A font that the user uploaded. */
export type OwnFace = FaceData & { key: string }

export type Advance = [codePoint: number, hundredthsOfEm: number]

/**
 * Runs of neighbouring code points with one advance, each as 'gap,length,advance' in base 36: `gap` counts from the end
 * of the run before, `advance` is in hundredths of an em. A length of 1 and an advance like the run before are left out.
 */
export function packAdvances(advances: Advance[]): string {
  const runs: { start: number; length: number; advance: number }[] = []
  for (const [codePoint, advance] of advances) {
    const last = runs.at(-1)
    if (last && last.advance === advance && last.start + last.length === codePoint) last.length++
    else runs.push({ start: codePoint, length: 1, advance })
  }
  return runs
    .map((run, index) => {
      const before = runs[index - 1] ?? { start: 0, length: 0, advance: -1 }
      const gap = run.start - before.start - before.length
      const parts = [gap, run.length === 1 ? '' : run.length, run.advance === before.advance ? '' : run.advance]
      return parts
        .map((part) => part.toString(36))
        .join(',')
        .replace(/,+$/, '')
    })
    .join(' ')
}

/** Characters → hundredths of an em. */
export function unpackAdvances(packed: string): Map<string, number> {
  const advances = new Map<string, number>()
  let [codePoint, advance] = [0, 0]
  for (const run of packed.split(' ').filter(Boolean)) {
    const [gap = '', length = '', changed = ''] = run.split(',')
    codePoint += Number.parseInt(gap, 36)
    if (changed) advance = Number.parseInt(changed, 36)
    for (const end = codePoint + Number.parseInt(length || '1', 36); codePoint < end; codePoint++)
      advances.set(String.fromCodePoint(codePoint), advance)
  }
  return advances
}
