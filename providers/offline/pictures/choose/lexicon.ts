// The commonest concept words of some languages, by the English word of concepts/: keyword lists know objects in
// every language, but not economy, freedom or memory.
const lists: Record<string, string> = {
  es: `economía=economy guerra=war paz=peace libertad=freedom historia=history ciencia=science científicos=science salud=health
    educación=education escuela=school clima=climate tecnología=technology amor=love sueño=sleep dormir=sleep cerebro=brain
    memoria=memory dinero=money espacio=space universo=universe tiempo=time viaje=travel comida=food deporte=sport música=music
    trabajo=work familia=family ley=law justicia=justice democracia=democracy energía=energy océano=ocean mar=ocean animal=animals
    animales=animals rey=king reina=queen imperio=empire bosque=forest montaña=mountain ciudad=city filosofía=philosophy
    mente=mind muerte=death vida=life agua=water fuego=fire luz=light noche=night sol=sun luna=moon estrella=star estrellas=stars
    planeta=planet tierra=earth bolsa=stock mercado=market banco=bank crisis=crisis inteligencia=intelligence libro=book
    arte=art cocina=kitchen barco=ship soldado=soldier médico=doctor enfermedad=disease felicidad=happiness miedo=fear
    esperanza=hope futuro=future naturaleza=nature antiguo=ancient siglo=century monje=monk monjes=monks pastor=shepherd
    café=coffee pan=bread panadero=baker panaderos=bakers masa=dough horno=oven egipcios=egyptians soldados=soldiers
    barcos=ships comerciantes=merchants poeta=poet poetas=poets campesinos=farmers agricultores=farmers
    agricultura=farming pueblo=village calle=street calles=streets iglesia=church castillo=castle roma=rome
    río=river lluvia=rain nieve=snow árbol=tree árboles=trees flores=flowers aves=birds peces=fish perro=dog
    gato=cat caballo=horse vino=wine queso=cheese cabra=goat desierto=desert isla=island playa=beach
    teléfono=phone coche=car coches=cars tren=train avión=airplane hambre=hunger sangre=blood corazón=heart
    cuerpo=body virus=virus vacuna=vaccine monstruo=fear faro=lighthouse volcán=volcano reloj=clock noches=nights
    años=years año=year siglos=centuries leyenda=legend cuento=story mundo=world gente=people
    cerveza=beer balón=football fútbol=football gol=football estadio=stadium marineros=sailor puerto=harbor puertos=harbor monasterio=monastery`,
  de: `wirtschaft=economy krieg=war frieden=peace freiheit=freedom geschichte=history wissenschaft=science wissenschaftler=science
    gesundheit=health bildung=education schule=school klima=climate klimawandel=climate technik=technology technologie=technology
    liebe=love schlaf=sleep schlafen=sleep gehirn=brain gedächtnis=memory erinnerung=memory geld=money weltraum=space
    universum=universe zeit=time reise=travel essen=food sport=sport musik=music arbeit=work familie=family gesetz=law
    gerechtigkeit=justice demokratie=democracy energie=energy ozean=ocean meer=ocean tier=animals tiere=animals könig=king
    königin=queen reich=empire wald=forest berg=mountain berge=mountain stadt=city philosophie=philosophy philosoph=philosopher
    geist=mind tod=death leben=life wasser=water feuer=fire licht=light nacht=night sonne=sun mond=moon stern=star sterne=stars
    planet=planet erde=earth börse=stock aktien=stocks markt=market bank=bank krise=crisis intelligenz=intelligence buch=book
    bücher=books kunst=art küche=kitchen schiff=ship schiffe=ships soldat=soldier soldaten=soldiers arzt=doctor krankheit=disease
    glück=happiness angst=fear hoffnung=hope zukunft=future natur=nature antike=ancient jahrhundert=century kaffeehaus=coffeehouse
    mittelalter=medieval burg=castle burgen=castle mönch=monk mönche=monks zinsen=interest sparen=saving ritter=knight vulkan=volcano
    kaffee=coffee brot=bread bäcker=baker teig=dough ofen=oven händler=merchants kaufleute=merchants dichter=poets
    bauern=farmers bauer=farmer dorf=village straße=street kirche=church schloss=castle rom=rome fluss=river
    regen=rain schnee=snow baum=tree buche=tree eiche=tree wurzel=root wurzeln=roots zucker=dessert netzwerk=network
    blumen=flowers wein=wine käse=cheese ziege=goat ziegen=goat wüste=desert insel=island strand=beach telefon=phone
    handy=phone auto=car autos=cars zug=train züge=trains flugzeug=airplane hunger=hunger blut=blood herz=heart
    körper=body impfung=vaccine impfstoff=vaccine leuchtturm=lighthouse uhr=clock jahre=years jahr=year
    legende=legend welt=world menschen=people wien=vienna
    bier=beer kloster=monastery gerste=barley hopfen=beer gäste=party`,
  fr: `économie=economy guerre=war paix=peace liberté=freedom histoire=history science=science santé=health éducation=education
    école=school climat=climate technologie=technology amour=love sommeil=sleep dormir=sleep cerveau=brain mémoire=memory
    argent=money espace=space univers=universe temps=time voyage=travel nourriture=food sport=sport musique=music travail=work
    famille=family loi=law justice=justice démocratie=democracy énergie=energy océan=ocean mer=ocean animaux=animals roi=king
    reine=queen empire=empire forêt=forest montagne=mountain ville=city philosophie=philosophy esprit=mind mort=death vie=life
    eau=water feu=fire lumière=light nuit=night soleil=sun lune=moon étoile=star étoiles=stars planète=planet terre=earth
    bourse=stock marché=market banque=bank crise=crisis intelligence=intelligence livre=book art=art cuisine=kitchen bateau=ship
    navire=ship soldat=soldier médecin=doctor maladie=disease bonheur=happiness peur=fear espoir=hope avenir=future nature=nature
    siècle=century moine=monk moines=monks
    café=coffee pain=bread boulanger=baker boulangers=bakers pâte=dough four=oven soldats=soldiers navires=ships
    bateaux=ships marchand=merchant marchands=merchants poète=poet poètes=poets paysans=farmers agriculteurs=farmers
    village=village rue=street rues=streets église=church château=castle rome=rome fleuve=river rivière=river
    pluie=rain neige=snow arbre=tree arbres=trees fleurs=flowers vin=wine fromage=cheese chèvre=goat désert=desert
    île=island plage=beach téléphone=phone voiture=car voitures=cars train=train avion=airplane faim=hunger
    sang=blood cœur=heart corps=body vaccin=vaccine phare=lighthouse volcan=volcano horloge=clock ans=years an=year
    années=years année=year légende=legend monde=world artiste=artist artistes=artists eiffel=eiffel paris=paris
    visiteurs=tourists visiteur=tourist escaliers=stairs
    bière=beer monastère=monastery football=football`,
  pt: `economia=economy guerra=war paz=peace liberdade=freedom história=history ciência=science saúde=health educação=education
    escola=school clima=climate tecnologia=technology amor=love sono=sleep dormir=sleep cérebro=brain memória=memory
    dinheiro=money espaço=space universo=universe tempo=time viagem=travel comida=food esporte=sport música=music
    trabalho=work família=family lei=law justiça=justice democracia=democracy energia=energy oceano=ocean mar=ocean
    animais=animals rei=king rainha=queen império=empire floresta=forest montanha=mountain cidade=city filosofia=philosophy
    mente=mind morte=death vida=life água=water fogo=fire luz=light noite=night sol=sun lua=moon estrela=star planeta=planet
    terra=earth bolsa=stock mercado=market banco=bank crise=crisis livro=book arte=art cozinha=kitchen navio=ship médico=doctor
    doença=disease felicidade=happiness medo=fear esperança=hope futuro=future natureza=nature
    café=coffee pão=bread padeiro=baker massa=dough forno=oven soldado=soldier soldados=soldiers navios=ships
    barco=boat barcos=boats mercadores=merchants poetas=poets agricultores=farmers aldeia=village rua=street
    ruas=streets igreja=church castelo=castle roma=rome rio=river chuva=rain neve=snow árvore=tree árvores=trees
    flores=flowers vinho=wine queijo=cheese cabra=goat deserto=desert ilha=island praia=beach praias=beaches
    telefone=phone carro=car carros=cars trem=train avião=airplane fome=hunger sangue=blood coração=heart corpo=body
    vacina=vaccine farol=lighthouse vulcão=volcano relógio=clock anos=years ano=year século=century lenda=legend
    mundo=world futebol=football bola=football bolas=football copa=football maracanã=football gol=football
    brasil=brazil crianças=toys criança=toys
    cerveja=beer mosteiro=monastery estádio=stadium`,
  it: `economia=economy guerra=war pace=peace libertà=freedom storia=history scienza=science salute=health educazione=education
    scuola=school clima=climate tecnologia=technology amore=love sonno=sleep dormire=sleep cervello=brain memoria=memory
    denaro=money soldi=money spazio=space universo=universe tempo=time viaggio=travel cibo=food sport=sport musica=music
    lavoro=work famiglia=family legge=law giustizia=justice democrazia=democracy energia=energy oceano=ocean mare=ocean
    animali=animals re=king regina=queen impero=empire foresta=forest montagna=mountain città=city filosofia=philosophy
    mente=mind morte=death vita=life acqua=water fuoco=fire luce=light notte=night sole=sun luna=moon stella=star stelle=stars
    pianeta=planet terra=earth borsa=stock mercato=market banca=bank crisi=crisis libro=book arte=art cucina=kitchen nave=ship
    medico=doctor malattia=disease felicità=happiness paura=fear speranza=hope futuro=future natura=nature`,
  ru: `экономика=economy война=war мир=peace свобода=freedom история=history наука=science здоровье=health образование=education
    школа=school климат=climate технологии=technology любовь=love сон=sleep мозг=brain память=memory деньги=money космос=space
    вселенная=universe время=time путешествие=travel еда=food спорт=sport музыка=music работа=work семья=family закон=law
    демократия=democracy энергия=energy океан=ocean море=ocean животные=animals король=king империя=empire лес=forest горы=mountain
    город=city философия=philosophy смерть=death жизнь=life вода=water огонь=fire ночь=night солнце=sun луна=moon звезды=stars
    планета=planet земля=earth рынок=market банк=bank кризис=crisis книга=book искусство=art кухня=kitchen корабль=ship врач=doctor
    страх=fear надежда=hope будущее=future природа=nature`,
  ja: `経済=economy 戦争=war 平和=peace 自由=freedom 歴史=history 科学=science 健康=health 教育=education 学校=school 気候=climate
    技術=technology 愛=love 睡眠=sleep 眠=sleep 脳=brain 記憶=memory お金=money 宇宙=space 時間=time 旅=travel 旅行=travel 食べ物=food
    料理=cooking スポーツ=sport 音楽=music 仕事=work 家族=family 法律=law 民主主義=democracy エネルギー=energy 海=ocean 動物=animals
    王=king 帝国=empire 森=forest 山=mountain 都市=city 街=city 哲学=philosophy 心=mind 死=death 命=life 水=water 火=fire 光=light
    夜=night 太陽=sun 月=moon 星=star 惑星=planet 地球=earth 株式=stock 市場=market 銀行=bank 危機=crisis 本=book 芸術=art 船=ship
    医者=doctor 病気=disease 幸せ=happiness 恐怖=fear 希望=hope 未来=future 自然=nature 人工知能=ai 猫=cat 犬=dog 鳥=bird 魚=fish 馬=horse 鯨=whale 花=flower 木=tree 雪=snow 雨=rain 武士=samurai 侍=samurai
    コーヒー=coffee 茶=tea お茶=tea パン=bread 兵士=soldier 商人=merchants 詩人=poets 農民=farmers 村=village 寺=temple 城=castle
    川=river 桜=blossom 酒=wine 山羊=goat 砂漠=desert 島=island 電話=phone 車=car 電車=train 飛行機=airplane 血=blood 心臓=heart
    ワクチン=vaccine 灯台=lighthouse 火山=volcano 時計=clock 頂上=summit 登る=climb 神=god 浮世絵=art 江戸=castle 波=wave`,
  zh: `经济=economy 战争=war 和平=peace 自由=freedom 历史=history 科学=science 健康=health 教育=education 学校=school 气候=climate
    技术=technology 科技=technology 爱情=love 爱=love 睡眠=sleep 大脑=brain 记忆=memory 钱=money 宇宙=universe 太空=space 时间=time
    旅行=travel 食物=food 运动=sport 音乐=music 工作=work 家庭=family 法律=law 民主=democracy 能源=energy 海洋=ocean 大海=ocean
    动物=animals 国王=king 皇帝=king 帝国=empire 森林=forest 山=mountain 城市=city 哲学=philosophy 死亡=death 生命=life 水=water
    火=fire 夜晚=night 太阳=sun 月亮=moon 星星=star 行星=planet 地球=earth 股票=stock 市场=market 银行=bank 危机=crisis 书=book
    艺术=art 厨房=kitchen 船=ship 医生=doctor 疾病=disease 幸福=happiness 恐惧=fear 希望=hope 未来=future 自然=nature 人工智能=ai 猫=cat 狗=dog 鸟=bird 鱼=fish 马=horse 花=flower 树=tree 雪=snow 雨=rain 茶=tea
    咖啡=coffee 面包=bread 士兵=soldier 商人=merchants 诗人=poets 农民=farmers 村庄=village 寺庙=temple 城堡=castle 长城=great-wall
    河=river 沙漠=desert 岛=island 手机=phone 电话=phone 汽车=car 火车=train 飞机=airplane 血=blood 心脏=heart 疫苗=vaccine
    灯塔=lighthouse 火山=volcano 冬天=winter 敌人=war 烽火=fire 火光=fire 石头=stone 游客=tourist 风=wind 墙=wall`,
  ar: `اقتصاد=economy الاقتصاد=economy حرب=war الحرب=war سلام=peace السلام=peace حرية=freedom الحرية=freedom تاريخ=history
    التاريخ=history علم=science العلم=science العلماء=science صحة=health الصحة=health تعليم=education التعليم=education مدرسة=school
    المناخ=climate التكنولوجيا=technology حب=love الحب=love النوم=sleep الدماغ=brain الذاكرة=memory المال=money الفضاء=space
    الكون=universe الوقت=time السفر=travel الطعام=food الرياضة=sport الموسيقى=music العمل=work العائلة=family الأسرة=family
    القانون=law العدالة=justice الديمقراطية=democracy الطاقة=energy المحيط=ocean البحر=ocean الحيوانات=animals الملك=king
    الغابة=forest الجبل=mountain الجبال=mountain المدينة=city الفلسفة=philosophy العقل=mind الموت=death الحياة=life الماء=water
    النار=fire الليل=night الشمس=sun القمر=moon النجوم=stars الكوكب=planet الأرض=earth السوق=market البنك=bank القهوة=coffee
    الكتاب=book الفن=art المطبخ=kitchen السفينة=ship السفن=ships الطبيب=doctor المرض=disease السعادة=happiness الأمل=hope
    المستقبل=future الطبيعة=nature الصحراء=desert
    قهوة=coffee مقهى=coffeehouse المقاهي=coffeehouses مقاهي=coffeehouses فنجان=cup فناجين=cups الفناجين=cups
    اليمن=yemen إسطنبول=istanbul شاي=tea خبز=bread جندي=soldier تاجر=merchant تجار=merchants شاعر=poet شعراء=poets
    صوفيون=sufi الصوفيون=sufi صلاة=prayer مزارعون=farmers قرية=village مسجد=mosque قلعة=castle نهر=river سفن=ships
    سفينة=ship جبال=mountains بحر=ocean نجوم=stars ليل=night صحراء=desert جزيرة=island هاتف=phone سيارة=car
    قطار=train طائرة=airplane دم=blood قلب=heart لقاح=vaccine بركان=volcano ساعة=clock عالم=world علماء=scientists`,
  hi: `अर्थव्यवस्था=economy युद्ध=war शांति=peace स्वतंत्रता=freedom आज़ादी=freedom इतिहास=history विज्ञान=science वैज्ञानिक=science
    स्वास्थ्य=health शिक्षा=education स्कूल=school जलवायु=climate प्रौद्योगिकी=technology तकनीक=technology प्यार=love प्रेम=love
    नींद=sleep मस्तिष्क=brain दिमाग=brain स्मृति=memory पैसा=money पैसे=money धन=money अंतरिक्ष=space ब्रह्मांड=universe समय=time
    यात्रा=travel भोजन=food खाना=food खेल=sport संगीत=music काम=work परिवार=family कानून=law न्याय=justice लोकतंत्र=democracy
    ऊर्जा=energy महासागर=ocean समुद्र=ocean जानवर=animals राजा=king रानी=queen साम्राज्य=empire जंगल=forest पहाड़=mountain शहर=city
    दर्शन=philosophy मन=mind मृत्यु=death जीवन=life पानी=water आग=fire प्रकाश=light रात=night सूरज=sun सूर्य=sun चाँद=moon तारे=stars
    ग्रह=planet पृथ्वी=earth बाज़ार=market बैंक=bank किताब=book कला=art रसोई=kitchen जहाज=ship डॉक्टर=doctor बीमारी=disease खुशी=happiness
    डर=fear आशा=hope भविष्य=future प्रकृति=nature
    चाय=tea कॉफ़ी=coffee रोटी=bread सैनिक=soldier व्यापारी=merchants कवि=poets किसान=farmers गाँव=village
    मंदिर=temple किला=castle नदी=river बारिश=rain पेड़=tree पौधे=plants फूल=flowers रेगिस्तान=desert द्वीप=island
    फोन=phone कार=car ट्रेन=train रेलवे=train हवाई=airplane खून=blood दिल=heart टीका=vaccine ज्वालामुखी=volcano
    घड़ी=clock सुबह=morning भारत=india बागानों=plantations बागान=plantation दूध=milk दुनिया=world`,
}

const maps = new Map(
  Object.entries(lists).map(([language, pairs]) => [
    language,
    new Map(
      pairs
        .trim()
        .split(/\s+/)
        .map((pair) => pair.split('=') as [string, string]),
    ),
  ]),
)
const none: ReadonlyMap<string, string> = new Map()

/** Words of a language (ISO 639-1) to English concept words; empty for English and languages without a list. */
export const lexicon = (language: string): ReadonlyMap<string, string> => maps.get(language) ?? none
