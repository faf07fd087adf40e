// Floor and composition in turn, so that a machine that gets slower or faster meanwhile does so for both.
import type { Minute } from '../minute/minute.ts'
import type { Film } from './film.ts'
import { encodeOnly, encoderCounts, type Floor } from './floor.ts'
import { composeWhole, type Whole } from './whole.ts'

export type Rounds = {
  /** One for each number of encoders that was tried. */
  tried: Floor[]
  floors: Floor[]
  wholes: Whole[]
  drafts: Whole[]
}

type Wanted = {
  minute: Minute
  draft: Minute
  film: Film | undefined
  rounds: number
  scratch: string
  isComposed: boolean
}

/** Without a film there is no floor. */
export async function measureRounds(
  { minute, draft, film, rounds, scratch, isComposed }: Wanted,
  say: (line: string) => void,
): Promise<Rounds> {
  const measured: Rounds = { tried: [], floors: [], wholes: [], drafts: [] }
  for (const encoders of film ? encoderCounts() : []) {
    say(`encoding alone, ${encoders} side by side`)
    measured.tried.push(await floorOf(film!, encoders))
  }
  const fastest = measured.tried.toSorted((a, b) => a.wallMs - b.wallMs)[0]
  for (let round = 1; round <= rounds; round++) {
    if (fastest) {
      say(`round ${round} of ${rounds}: encoding alone`)
      measured.floors.push(await floorOf(film!, fastest.encoders))
    }
    if (!isComposed) continue
    say(`round ${round} of ${rounds}: the whole composition`)
    measured.wholes.push(await composeWhole(minute, scratch))
    say(`round ${round} of ${rounds}: the whole composition as a draft`)
    measured.drafts.push(await composeWhole(draft, scratch))
  }
  return measured
}

function floorOf({ segments, folder }: Film, encoders: number): Promise<Floor> {
  const { encoder, format } = segments[0]!.task
  return encodeOnly({ segments, encoder, format, folder, encoders })
}

export function median(values: number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? sorted[middle]
    : sorted.length === 0
      ? undefined
      : (sorted[middle - 1]! + sorted[middle]!) / 2
}
