// Which music fits a script: counts the words that suggest a mood.
import type { MusicMoodId } from './catalog.ts'

export type Mood = Exclude<MusicMoodId, 'auto' | 'none'>

/** Never sounds wrong under a story. */
const defaultMood: Mood = 'warm'
/** One telling word for each so many, or the script is about something else: one 'battle' in 900 is no epic. */
const wordsPerHit = 150

/**
 * The mood that most of a script's telling words suggest; 'warm' when too few do, or in a language without a table.
 * `language` is a BCP 47 tag. Of moods with equally many words the one named first here wins.
 */
export function moodOf(script: string, language: string): Mood {
  const table = tellingStems[language.toLowerCase().split('-')[0] ?? '']
  if (!table) return defaultMood
  const text = script.normalize('NFC').toLowerCase()
  const enough = Math.max(1, text.length / (wordsPerHit * charactersPerWord))
  let best: { mood: Mood; hits: number } = { mood: defaultMood, hits: 0 }
  for (const mood of moods) {
    const hits = hitsOf(table[mood], text)
    if (hits > best.hits) best = { mood, hits }
  }
  return best.hits >= enough ? best.mood : defaultMood
}

const moods = ['epic', 'mysterious', 'playful', 'uplifting', 'calm', 'warm'] as const satisfies Mood[]
/** With the space, in running English text. */
const charactersPerWord = 6

/** A stem counts where a word begins with it; where a script has no spaces between words, anywhere. */
function hitsOf(stems: string, text: string): number {
  const alternatives = stems.split(' ').join('|')
  const spaced = /^[\p{Script=Latin} ]+$/u.test(stems)
  const pattern = new RegExp(spaced ? `(?<![\\p{L}\\p{M}])(?:${alternatives})` : alternatives, 'gu')
  return text.match(pattern)?.length ?? 0
}

/** Lower-case beginnings of words, long enough to mean one thing ('war ' would also begin 'warm'). */
const tellingStems: Partial<Record<string, Record<Mood, string>>> = {
  en: {
    epic: 'battle warrior empire kingdom conquer army armies legend heroes heroic dragon throne colossal siege destiny glory volcano storm gladiator explorer expedition',
    mysterious:
      'myster secret ghost haunt vanish disappear unknown shadow midnight strange eerie murder unsolved curse enigma riddle ancient crypt hidden abyss puzzl detective',
    playful:
      'funny silly joke laugh giggl playful puppy puppies kitten clown prank tickl bounc wobbl cartoon candy cookie monkey penguin mischie hilarious',
    uplifting:
      'success inspir achiev dream hope future innovat growth victory celebrat believe courage motivat progress breakthrough launch opportunit winner triumph',
    calm: 'calm quiet peace gentle breath meditat relax slow silen ocean lake forest sleep snow serene mindful misty',
    warm: 'home family families friend mother father grandmother grandfather love kitchen coffee bread story stories childhood memor together heart village warm garden',
  },
  de: {
    epic: 'schlacht krieger kaiser königreich erober armee legende held drache thron schicksal ruhm vulkan sturm ritter expedition',
    mysterious:
      'geheim rätsel geist spuk verschw unbekannt schatten mitternacht seltsam mord fluch uralt verborgen abgrund',
    playful:
      'lustig witz lachen lacht verspielt welpe kätzchen clown streich kitzel hüpf albern keks affe pinguin frech',
    uplifting:
      'erfolg inspir traum träum hoffnung zukunft innovat wachstum sieg feier mut motiv fortschritt durchbruch chance',
    calm: 'ruhig ruhe still frieden sanft atem medit entspann langsam ozean wald schlaf schnee leise nebel',
    warm: 'zuhause familie freund mutter vater oma opa großmutter großvater liebe küche kaffee brot geschichte kindheit erinner gemeinsam herz dorf garten',
  },
  fr: {
    epic: 'bataille guerrier empire royaume conqu armée légende héro dragon trône destin gloire volcan tempête chevalier expédition',
    mysterious:
      'mystèr mystér secret fantôme hant dispar inconnu ombre minuit étrange meurtre énigme malédiction ancien caché abîme',
    playful: 'drôle blague rire rigol chiot chaton clown farce chatouill bond bonbon singe pingouin malic espiègle',
    uplifting:
      'succès réuss inspir rêve espoir avenir futur innov croissance victoire célébr courage motiv progrès occasion',
    calm: 'calme paix paisible doux douce respir médit détend lent silenc océan lac forêt sommeil neige tranquille brume',
    warm: 'maison famille amis amie amitié mère père grand-mère grand-père amour cuisine café pain histoire enfance souvenir ensemble cœur village jardin',
  },
  es: {
    epic: 'batalla guerrer imperio reino conquist ejército leyenda héroe dragón trono destino gloria volcán tormenta caballero expedición',
    mysterious:
      'misteri secreto fantasma embruj desapar desconocid sombra medianoche extrañ asesin enigma maldición antigu ocult abismo',
    playful: 'divertid broma chiste risa reír cachorr gatito payaso travesur cosquill salt galleta pingüino juguet',
    uplifting:
      'éxito inspir sueñ esperanza futuro innov crecimiento victoria celebr valor motiv progreso logr triunf oportunidad',
    calm: 'calma tranquil paz suave respir medit relaj lento lenta silenci océano lago bosque dormir nieve seren niebla',
    warm: 'hogar familia amig madre padre abuel amor cocina café historia infancia recuerd juntos corazón pueblo jardín',
  },
  pt: {
    epic: 'batalha guerreir império reino conquist exército lenda herói dragão trono destino glória vulcão tempestade cavaleiro expedição',
    mysterious:
      'mistéri misterios segredo fantasma assombr desapar desconhecid sombra meia-noite estranh assassin enigma maldição antig ocult abismo',
    playful: 'engraçad brinca piada risad filhote gatinho palhaço travessur cócegas biscoito macaco pinguim',
    uplifting:
      'sucesso inspir sonh esperança futuro inov crescimento vitória celebr coragem motiv progresso conquista triunf oportunidade',
    calm: 'calma tranquil paz suave respir medit relax lento lenta silênci oceano lago floresta dormir neve seren neblina',
    warm: 'casa família amig mãe avó avô amor cozinha café pão história infância lembrança juntos coração aldeia jardim',
  },
  hi: {
    epic: 'युद्ध योद्धा साम्राज्य राजा सेना वीर विजेता सिंहासन',
    mysterious: 'रहस्य भूत गायब अज्ञात छाया आधीरात प्राचीन',
    playful: 'मज़ेदार मजेदार हँसी हंसी मज़ाक पिल्ला बंदर शरारत',
    uplifting: 'सफलता प्रेरणा सपना सपने आशा भविष्य जीत प्रगति साहस',
    calm: 'शांत शांति धीरे ध्यान समुद्र झील जंगल नींद बर्फ',
    warm: 'घर परिवार दोस्त माँ पिता दादी प्यार रसोई कहानी बचपन दिल गाँव',
  },
  ja: {
    epic: '戦い 戦士 帝国 王国 英雄 伝説 竜 軍 運命 火山 嵐',
    mysterious: '謎 秘密 幽霊 消え 不思議 影 真夜中 呪い 古代 闇',
    playful: '楽しい 面白 笑 子犬 子猫 いたずら 遊 お菓子 猿 ペンギン',
    uplifting: '成功 夢 希望 未来 革新 成長 勝利 祝 勇気 挑戦',
    calm: '静か 穏やか 平和 呼吸 瞑想 ゆっくり 海 湖 森 眠 雪 霧',
    warm: '家族 友達 母 父 祖母 祖父 愛 台所 コーヒー 物語 思い出 一緒 心 村 庭',
  },
  zh: {
    epic: '战斗 战士 帝国 王国 英雄 传说 龙 军队 命运 火山 风暴 征服',
    mysterious: '神秘 秘密 幽灵 消失 未知 阴影 午夜 诅咒 古老 谜',
    playful: '有趣 笑话 好笑 小狗 小猫 调皮 玩耍 糖果 猴子 企鹅',
    uplifting: '成功 梦想 希望 未来 创新 成长 胜利 庆祝 勇气 进步',
    calm: '安静 平静 宁静 呼吸 冥想 放松 海洋 湖 森林 睡眠 雪',
    warm: '家庭 家人 朋友 母亲 父亲 奶奶 爷爷 爱 厨房 咖啡 故事 童年 回忆 一起 村庄',
  },
}
