import type { PlanBrief, ScriptBrief } from '../../../core/ports.ts'
import { wordsOf } from '../../../core/words.ts'
import type { Ask, Question } from '../../../providers/text/ask.ts'

export const scripts = {
  en:
    'Legend says coffee was found by a goat. In the highlands of Ethiopia, a young herder named Kaldi noticed that ' +
    'his flock danced all night — and he didn’t know why. By the fifteenth century, coffee was grown in Yemen & traded ' +
    'in the port of “Mocha”. Ships took the beans to Venice, London and Vienna. And it all began with a goat.',
  de:
    'Kaffee wurde von einer Ziege entdeckt, so heißt es. Im Hochland von Äthiopien bemerkte ein junger Hirte, dass ' +
    'seine Herde die ganze Nacht über tanzte. Große Schiffe brachten die Bohnen nach Venedig; von dort kamen sie an ' +
    'jede Straße Europas. Und alles begann mit einer Ziege.',
  ja:
    'コーヒーを見つけたのはヤギでした。エチオピアの高地で、一人の若いヤギ飼いが不思議なことに気づきました。' +
    '群れが一晩中踊っていたのです。やがて船が豆をヴェネツィアへ運びました。すべては一匹のヤギから始まったのです。',
  ar: 'تقول الأسطورة إن ماعزا اكتشف القهوة. في مرتفعات إثيوبيا لاحظ راع شاب أن قطيعه يرقص طوال الليل. ثم نقلت السفن الحبوب إلى البندقية.',
  hi: 'कहते हैं कि कॉफ़ी की खोज एक बकरी ने की थी। इथियोपिया के पहाड़ों में एक युवा चरवाहे ने देखा कि उसका झुंड सारी रात नाचता है। फिर जहाज़ बीज वेनिस ले गए।',
  th: 'ตำนานเล่าว่ากาแฟถูกค้นพบโดยแพะ ในที่ราบสูงของเอธิโอเปีย เด็กเลี้ยงแพะสังเกตว่าฝูงของเขาเต้นรำทั้งคืน',
}

export const planBrief = (language: keyof typeof scripts, part: Partial<PlanBrief> = {}): PlanBrief => ({
  words: wordsOf(scripts[language], language),
  language,
  style: 'warm-fable',
  keywords: ['coffee'],
  negativeKeywords: ['cars'],
  sceneCount: undefined,
  spans: undefined,
  ...part,
})

export const scriptBrief = (part: Partial<ScriptBrief> = {}): ScriptBrief => ({
  topic: 'How coffee was found',
  language: undefined,
  style: 'warm-fable',
  category: undefined,
  keywords: [],
  negativeKeywords: [],
  sceneCount: undefined,
  ...part,
})

export const making = { signal: new AbortController().signal, buy: () => Promise.reject(new Error('not bought here')) }

/** Answers every question with `answer`, and keeps what was asked. */
export function asked(answer: unknown): { ask: Ask; questions: Question<unknown>[] } {
  const questions: Question<unknown>[] = []
  const ask: Ask = async (question) => {
    questions.push(question as Question<unknown>)
    return question.schema.parse(answer)
  }
  return { ask, questions }
}
