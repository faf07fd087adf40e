// Words that say nothing about a picture, though keyword lists attach icons to some of them ('hands', 'one', 'new').
const lists: Record<string, string> = {
  en: `the a an and or of to in on at by for from with into over under after before through every more than two three four
    five six seven eight nine ten first last one most many some few all its their his her he she they we you it this that
    these those is are was were be been being has have had do did does not no so as but if then when where who what how why
    which while because said says named called became become turn turned turns made make makes making found find finds go
    goes went gone come comes came get gets got take takes took give gave given let keep kept put set use used uses using
    today now ever never always often once again also even just only very much such own same other another each both
    between across around among against during without within until since about up down out off back left right front top
    bottom here there good bad great big small little large long high low new whole open closed early late next near far
    man woman men women person people human humans someone anyone everyone thing things something nothing way ways kind
    part piece side end begin began start started hand hands face point mark sign symbol number button dark bright red blue
    green yellow white black pink brown orange purple hot cold fifteenth billion million thousand hundred can could will
    would should may might must shall need needs want wants like likes look looks looked feel felt tell told ask asked show
    shows seem seems still yet too really actually simply slowly quickly almost nearly already soon later day days head
    fall falls rise run runs cut stay stayed poured travelled traveled filled noticed create created creates free check
    group level case set line form forms lot bit fact place places area able whose our my your me us them him i don't can't
    flat square round cross heavy wild still eight ate inside outside store stores across wonder`,
  es: `el la los las un una unos unas y o de del al a en con por para que se su sus lo le les es son fue era eran ser está
    están como más pero sin sobre entre cuando muy ya no si sí este esta estos estas eso ese esa hay todo toda todos todas
    uno dos tres cada hasta desde donde quien mano manos cara hombre mujer persona gente hoy vez veces nuevo nueva gran
    grande bueno rojo azul verde negro blanco ha han`,
  de: `der die das den dem des ein eine einen einem einer eines und oder von zu zum zur in im an am auf aus bei mit nach
    für über unter vor durch ist sind war waren sein hat haben hatte wird werden wurde wurden nicht kein keine sich er sie
    es wir ihr ich man so als wie wenn aber auch nur noch schon sehr mehr alle jede jeder jedes dieser diese dieses eins
    zwei drei hand mann frau person menschen heute neu groß klein rot blau grün schwarz weiß dass`,
  fr: `le la les un une des et ou de du au aux à en dans sur sous par pour avec sans que qui se sa son ses ce cet cette ces
    est sont était être a ont avait il elle ils elles nous vous on ne pas plus très mais si comme tout tous toute toutes
    chaque deux trois homme femme personne gens main visage aujourd'hui nouveau grand petit rouge bleu vert noir blanc`,
  pt: `o a os as um uma uns umas e ou de do da dos das em no na nos nas por para com sem que se seu sua seus suas é são foi
    era ser está como mais mas muito já não sim este esta isso todo toda todos todas dois três cada homem mulher pessoa
    mão hoje novo nova grande vermelho azul verde preto branco`,
  it: `il lo la i gli le un uno una e o di del della dei delle a al alla in nel nella con per tra fra su da dal che si suo
    sua suoi è sono era fu essere ha hanno come più ma molto già non questo questa quello tutti tutto ogni due tre uomo
    donna persona mano oggi nuovo grande rosso blu verde nero bianco`,
  nl: `de het een en of van te in op aan met voor door uit bij is zijn was waren heeft had niet geen die dat deze dit hij
    zij wij ze er als maar ook nog al zeer meer alle elke twee drie man vrouw persoon hand nieuw groot klein`,
  ru: `и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по ее мне было вот от меня о из ему
    это этот эта эти были был быть или для их мы они когда каждый один два три человек люди рука лицо новый`,
  ar: `في من على إلى عن مع هذا هذه ذلك التي الذي ما لا أن إن كان كانت هو هي كل بعد قبل و أو ثم لم لن قد رجل امرأة`,
  hi: `का की के में से को पर और या है हैं था थी थे यह वह ये वे एक दो तीन हर नहीं भी ही तो जो कि लिए साथ बाद पहले आदमी औरत लोग हाथ`,
  ja: `の に は を が と で た て だ も な い する した して いる ある これ それ この その から まで より です ます 人 手 一 二 三 年 日 月 大 小`,
  zh: `的 了 和 是 在 有 我 他 她 它 们 这 那 就 不 都 也 很 到 说 要 会 着 没有 上 下 中 大 小 一 二 三 个 人 手 年 日 月 从 把 被 为 与`,
  ko: `은 는 이 가 을 를 에 의 와 과 도 로 으로 에서 하다 있다 그 저 것 수 사람 손`,
}

const sets = new Map(Object.entries(lists).map(([language, words]) => [language, new Set(words.split(/\s+/))]))
const none: ReadonlySet<string> = new Set()

export const stopWords = (language: string): ReadonlySet<string> => sets.get(language) ?? none
