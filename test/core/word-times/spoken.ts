// Texts with their times, and what services make of them.
import { expect } from 'vitest'
import type { CharacterTimes, HeardWord, WordTime } from '../../../core/ports.ts'
import type { Word } from '../../../core/words.ts'

export const texts: Record<string, string> = {
  en: 'Coffee was “found” by a goat herder — they say. Don’t ask: 75% of U.S. adults drink it, over $3.50 a cup & more!',
  de: 'Der Kaffee wurde 1671 von einem Ziegenhirten entdeckt, heißt es. Straße, Größe und Ärger: z. B. in München.',
  fr: 'Ça va ? L’été dernier, « nous » avons bu trop de café… Aujourd’hui, c’est fini !',
  zh: '咖啡是一个牧羊人发现的。他看见他的山羊整夜跳舞，很好奇。',
  ja: 'コーヒーはヤギ飼いが見つけたと言われています。「踊るヤギ」を見て、彼は驚きました。',
  th: 'กาแฟถูกค้นพบโดยคนเลี้ยงแพะ เขาเห็นแพะเต้นรำทั้งคืน',
  ar: 'اكتُشفت القهوة على يد راعي ماعز، كما يقولون. رأى ماعزه ترقص طوال الليل.',
  hi: 'कहा जाता है कि कॉफ़ी की खोज एक बकरी चराने वाले ने की थी। उसने अपनी बकरियों को नाचते देखा।',
  ko: '커피는 염소 치는 사람이 발견했다고 합니다. 그는 염소들이 밤새 춤추는 것을 보았습니다.',
  ru: 'Говорят, кофе открыл козопас. Он увидел, как его козы танцуют всю ночь; это было в IX веке.',
}

/** 50 ms for each code point of the text. */
export function steady(text: string): CharacterTimes {
  const characters = [...text]
  return {
    characters,
    startsMs: characters.map((_, index) => index * 50),
    endsMs: characters.map((_, index) => (index + 1) * 50),
  }
}

/** Where each word's own letters are in the text, in milliseconds of `steady`. */
export function truth(words: Word[]): WordTime[] {
  let at = 0
  return words.map(({ text, spaceBefore }, index) => {
    if (spaceBefore && index > 0) at++
    const characters = [...text]
    const isOwn = (character: string) => /[\p{L}\p{N}&+=@#×÷%€$£¥°]/u.test(character)
    const time = {
      startMs: (at + characters.findIndex(isOwn)) * 50,
      endMs: (at + characters.findLastIndex(isOwn) + 1) * 50,
    }
    at += characters.length
    return time
  })
}

export function expectSound(times: WordTime[] | undefined, words: Word[]): asserts times is WordTime[] {
  expect(times).toHaveLength(words.length)
  let beforeMs = 0
  for (const { startMs, endMs } of times!) {
    expect(Number.isInteger(startMs) && Number.isInteger(endMs)).toBe(true)
    expect(startMs).toBeGreaterThanOrEqual(beforeMs)
    expect(endMs).toBeGreaterThanOrEqual(startMs)
    beforeMs = endMs
  }
}

/** As services do: other case, quotes, dashes, spaces; now and then a letter. */
export function otherwise({ characters, startsMs, endsMs }: CharacterTimes, random: () => number): CharacterTimes {
  const changed: CharacterTimes = { characters: [], startsMs: [], endsMs: [] }
  for (const [index, character] of characters.entries()) {
    const dice = random()
    if (/[^\p{L}\p{N}\p{M}&%]/u.test(character) && dice < 0.3) continue
    const quotes = /[“”«»「」]/u.test(character)
      ? '"'
      : /[’‘]/u.test(character)
        ? "'"
        : /[—–]/u.test(character)
          ? '-'
          : character
    const text = dice > 0.99 ? 'x' : dice > 0.8 ? quotes.toUpperCase() : quotes
    changed.characters.push(text)
    changed.startsMs.push(startsMs[index]!)
    changed.endsMs.push(endsMs[index]!)
    if (dice > 0.7 && dice < 0.73) {
      changed.characters.push(' ')
      changed.startsMs.push(endsMs[index]!)
      changed.endsMs.push(endsMs[index]!)
    }
  }
  return changed
}

export function misheard(words: Word[], times: WordTime[], random: () => number): HeardWord[] {
  const heard: HeardWord[] = []
  for (const [index, { text }] of words.entries()) {
    const { startMs, endMs } = times[index]!
    const dice = random()
    const last = heard.at(-1)
    if (dice < 0.03) continue
    if (dice < 0.1 && last) Object.assign(last, { text: last.text + text, endMs })
    else if (dice < 0.2 && [...text].length > 3) {
      const half = Math.floor([...text].length / 2)
      const middleMs = (startMs + endMs) / 2
      heard.push({ text: [...text].slice(0, half).join(''), startMs, endMs: middleMs })
      heard.push({ text: [...text].slice(half).join(''), startMs: middleMs, endMs })
    } else if (dice < 0.22) heard.push({ text: 'hm', startMs, endMs })
    else heard.push({ text: text.replace(/[\p{P}]/gu, '').toUpperCase(), startMs, endMs })
    if (dice > 0.9) heard.push({ text: '—', startMs: endMs, endMs })
  }
  return heard
}
