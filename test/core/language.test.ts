import { describe, expect, it } from 'vitest'
import { isRightToLeft, languageName, languageOf, spacesBetweenWords } from '../../core/language.ts'

// Article 1 of the Universal Declaration of Human Rights, about fifteen words of it.
const declaration: Record<string, string> = {
  en: 'All human beings are born free and equal in dignity and rights.',
  de: 'Alle Menschen sind frei und gleich an Würde und Rechten geboren.',
  fr: 'Tous les êtres humains naissent libres et égaux en dignité et en droits.',
  es: 'Todos los seres humanos nacen libres e iguales en dignidad y derechos.',
  pt: 'Todos os seres humanos nascem livres e iguais em dignidade e em direitos.',
  it: 'Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti.',
  nl: 'Alle mensen worden vrij en gelijk in waardigheid en rechten geboren.',
  sv: 'Alla människor är födda fria och lika i värde och rättigheter.',
  fi: 'Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan.',
  pl: 'Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw.',
  cs: 'Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv.',
  hu: 'Minden emberi lény szabadon születik és egyenlő méltósága és joga van.',
  ro: 'Toate ființele umane se nasc libere și egale în demnitate și în drepturi.',
  tr: 'Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar.',
  vi: 'Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi.',
  id: 'Semua orang dilahirkan merdeka dan mempunyai martabat dan hak-hak yang sama.',
  sw: 'Watu wote wamezaliwa huru, hadhi na haki zao ni sawa.',
  ru: 'Все люди рождаются свободными и равными в своём достоинстве и правах.',
  uk: 'Всі люди народжуються вільними і рівними у своїй гідності та правах.',
  bg: 'Всички хора се раждат свободни и равни по достойнство и права.',
  sr: 'Сва људска бића рађају се слободна и једнака у достојанству и правима.',
  el: 'Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια.',
  he: 'כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.',
  ar: 'يولد جميع الناس أحرارا متساوين في الكرامة والحقوق.',
  fa: 'تمام افراد بشر آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق با هم برابرند.',
  ur: 'تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں۔',
  hi: 'सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।',
  mr: 'सर्व मानवी व्यक्ती जन्मतःच स्वतंत्र आहेत व त्यांना समान प्रतिष्ठा व समान अधिकार आहेत.',
  bn: 'সমস্ত মানুষ স্বাধীনভাবে সমান মর্যাদা এবং অধিকার নিয়ে জন্মগ্রহণ করে।',
  ta: 'மனிதப் பிறவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்.',
  zh: '人人生而自由，在尊严和权利上一律平等。',
  ja: 'すべての人間は、生まれながらにして自由であり、尊厳と権利について平等である。',
  ko: '모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.',
  th: 'มนุษย์ทั้งปวงเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ',
}

describe('the language of a script', () => {
  it.each(Object.entries(declaration))('is %s', (language, text) => {
    expect(languageOf(text)).toBe(language)
  })

  it.each([
    ['de', 'Der Kaffee wurde von einer Ziege entdeckt.'],
    ['fr', "Le café a été découvert par une chèvre. Qui l'eût cru ?"],
    ['es', 'El café fue descubierto por una cabra en Etiopía.'],
    ['pt', 'O café foi descoberto por uma cabra há mil anos.'],
    ['it', 'Il caffè è stato scoperto da una capra in Etiopia.'],
    ['ja', '新しいiPhone 15 Pro Maxを買いました'],
    ['zh', '苹果公司今天发布了新款 iPhone 15 Pro Max 手机'],
    ['ko', 'BTS가 Billboard에서 1위를 했습니다'],
    ['vi', 'Cà phê được phát hiện bởi một con dê.'.normalize('NFD')],
  ])('is %s in a short sentence too: %s', (language, text) => {
    expect(languageOf(text)).toBe(language)
  })

  // Full of names, loan words and numbers: a general detector of letter sequences takes most of them for other languages.
  it.each([
    'Hello',
    'Hello world.',
    'OK',
    'Coffee',
    'NASA',
    'Tsunami',
    'A cappella',
    'No pain no gain',
    'Drama in Rome',
    'Rosa Parks sat.',
    'Genghis Khan',
    'Tokyo Olympics 2020',
    'Machu Picchu, Peru.',
    'Kung fu panda',
    'Napoleon Bonaparte, Emperor.',
    'Gold. Silver. Bronze.',
    'Pizza, pasta, gelato: Italy wins.',
    'A man, a plan, a canal: Panama',
    'Beethoven and Mozart in Vienna.',
    'Ludwig van Beethoven was born in Bonn.',
    'Leonardo da Vinci painted the Mona Lisa in Florence.',
    'Señor González ate a jalapeño in San José.',
    'Cristiano Ronaldo scored a hat-trick for Portugal.',
    'Breaking news: Real Madrid beat Barcelona 3-1',
    'Marie Curie won two Nobel Prizes.',
    'iPhone 15 Pro Max vs Samsung Galaxy S24 Ultra',
    'Elon Musk Tesla SpaceX 2024 $50 billion',
    'Dr. Smith met Mrs. Jones at 5 p.m. in New York.',
    'The word 茶 means tea in Chinese, and чай means tea in Russian.',
    'Les Misérables is a musical.',
    'La La Land wins Oscar',
    'Juan Carlos de la Cruz lives in La Paz',
    'Crème brûlée is a French dessert.',
    'Die Hard',
    'Man on fire',
    'Vini Jr. and Kylian Mbappe lead Real Madrid',
    'Recipe: 200 g flour, 2 eggs, 100 ml milk',
    'Jean-Paul Sartre and Simone de Beauvoir',
    'Mama mia',
    'Rio de Janeiro carnival',
    '1969',
  ])('is English: %s', (text) => {
    expect(languageOf(text)).toBe('en')
  })
})

it('knows what runs from right to left and what is written without spaces', () => {
  expect(['ar', 'he', 'fa', 'ur', 'ar-EG'].every(isRightToLeft)).toBe(true)
  expect(['en', 'ja', 'hi'].some(isRightToLeft)).toBe(false)
  expect(['ja', 'zh', 'th', 'zh-TW', 'km'].some(spacesBetweenWords)).toBe(false)
  expect(['en', 'ko', 'ar', 'vi'].every(spacesBetweenWords)).toBe(true)
})

it('names a language, and repeats a code that nobody knows', () => {
  expect([languageName('ja'), languageName('pt'), languageName('x!')]).toEqual(['Japanese', 'Portuguese', 'x!'])
})
