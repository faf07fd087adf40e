import { describe, expect, it } from 'vitest'
import { ServiceError, type ServiceErrorName } from '../../../core/errors.ts'
import { readJson } from '../../../core/once.ts'
import type { Aligner, CharacterTimes, HeardWord, SpeechBrief } from '../../../core/ports.ts'
import { type Narration, narrate } from '../../../core/stages/narrate.ts'
import { write } from '../../../core/stages/write.ts'
import { wavOf } from '../../../core/wav.ts'
import { speechFor } from '../../loopback/speech.ts'
import { portsFor, videoId } from './ports.ts'

const script = 'A goat danced all night on the hill. The monks could not sleep, so they drank coffee. It was good.'
type Oddity = 'whole' | 'no times' | 'drift' | 'times of another text'

/** `answers`: what the speaker does each time; `aligners`: what each of them does. */
async function narrated(wishes: {
  answers?: (Oddity | ServiceErrorName)[]
  aligners?: (ServiceErrorName | 'hears' | 'hears other words')[]
  maxCharacters?: number
}) {
  const { answers = [], aligners = [], maxCharacters = 1000 } = wishes
  const ports = await portsFor({ script })
  const asked: string[] = []
  const intent = (provider: string) => ({ provider, model: 'm', estimateMicroUsd: 0 })
  const speaker = {
    kind: 'speaker' as const,
    provider: 'speaker',
    model: 'm',
    maxCharacters,
    request: (brief: SpeechBrief) => brief,
    make: (brief: SpeechBrief, { buy }: Parameters<Aligner['make']>[1]) =>
      buy(intent('speaker'), async () => {
        asked.push(brief.text)
        const answer = answers.shift() ?? 'whole'
        if (answer.endsWith('Error'))
          throw new ServiceError(answer as ServiceErrorName, `speaker says ${answer}`, { charges: [] })
        const { sound, characterTimes } = speechFor(brief.text)
        return { made: { sound, ...odd(characterTimes, answer as Oddity) }, charges: [] }
      }),
  }
  const alignerOf = (does: string, index: number): Aligner => ({
    provider: `aligner ${index + 1}`,
    model: 'm',
    timesFrom: 'alignment',
    request: ({ words }) => words,
    make: ({ words }, { buy }) =>
      buy(intent(`aligner ${index + 1}`), async () => {
        asked.push(`aligner ${index + 1}`)
        if (does.endsWith('Error')) throw new ServiceError(does as ServiceErrorName, does, { charges: [] })
        const text = words.map((word) => word.text).join(' ')
        const heard: HeardWord[] = does === 'hears' ? speechFor(text).words : speechFor('what else is there').words
        return { made: heard, charges: [] }
      }),
  })
  const providers = { ...ports.providers(undefined), aligners: aligners.map(alignerOf) }
  providers.narrators = [speaker, ...providers.narrators]
  const { scriptKey } = await write({ videoId }, ports)
  const run = async () => {
    const { narrationKey } = await narrate({ videoId, scriptKey }, { ...ports, providers: () => providers })
    return (await readJson(ports.objects, narrationKey)) as Narration
  }
  return { run, asked, ports }
}

function odd(times: CharacterTimes, oddity: Oddity): { characterTimes?: CharacterTimes } {
  const slower = (ms: number[]) => ms.map((at) => at * 1.15)
  if (oddity === 'no times') return {}
  if (oddity === 'drift')
    return { characterTimes: { ...times, startsMs: slower(times.startsMs), endsMs: slower(times.endsMs) } }
  if (oddity === 'times of another text')
    return { characterTimes: speechFor('Some other words were said here.').characterTimes }
  return { characterTimes: times }
}

describe('narrate by a service', () => {
  it("takes the voice's own times, moved behind the lead-in", async () => {
    const { run, asked, ports } = await narrated({})
    const narration = await run()
    expect(asked).toEqual([script])
    expect(narration.timesFrom).toBe('voice')
    const { words, sound } = speechFor(script)
    const offsets = narration.times.map(({ startMs }, i) => startMs - words[i]!.startMs)
    expect(Math.max(...offsets) - Math.min(...offsets)).toBeLessThanOrEqual(1)
    const bytes = (await ports.objects.get(narration.speech!)).length
    expect(bytes).toBeGreaterThan(wavOf(sound).length)
  })

  it('says a long script in pieces of whole sentences, in order, each once', async () => {
    const { run, asked } = await narrated({ maxCharacters: 60 })
    const { times } = await run()
    expect(asked.join(' ')).toBe(script)
    expect(asked.length).toBeGreaterThan(1)
    times.slice(1).forEach(({ startMs }, i) => expect(startMs).toBeGreaterThanOrEqual(times[i]!.endMs))
    const before = asked.length
    expect((await run()).times).toEqual(times)
    expect(asked).toHaveLength(before)
  })

  it.each(['no times', 'drift', 'times of another text'] as const)('asks an aligner at %s', async (oddity) => {
    const { run, asked } = await narrated({
      answers: [oddity],
      aligners: ['TransientError', 'hears other words', 'hears'],
    })
    expect((await run()).timesFrom).toBe('alignment')
    expect(asked).toEqual([script, 'aligner 1', 'aligner 2', 'aligner 3'])
  })

  it('labels times an estimate when nobody can tell them', async () => {
    const { run } = await narrated({ answers: ['no times'], aligners: ['RefusedError'] })
    const { timesFrom, notice } = await run()
    expect(timesFrom).toBe('estimate')
    expect(notice).toContain('estimates')
  })

  it('is said by the embedded voice when the service is out of order, and by it alone', async () => {
    const { run, asked } = await narrated({ answers: ['whole', 'TransientError'], maxCharacters: 60 })
    const narration = await run()
    expect(narration.timesFrom).toBe('voice')
    const count = asked.length
    expect((await run()).speech).toBe(narration.speech)
    expect(asked).toHaveLength(count)
  })

  it('stops at once when the account does', async () => {
    const { run } = await narrated({ answers: ['AccountError'] })
    await expect(run()).rejects.toMatchObject({ name: 'AccountError' })
  })
})
