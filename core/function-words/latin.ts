// Our own lists. A language's small words occur so often that a sentence or two shows which one it is.
import { list, type FunctionWords } from './list.ts'

export const latin: Record<string, FunctionWords> = {
  en: list(
    'the a an of to in on at by for from with into onto over under about after before between through during without within against among across behind beyond near toward towards upon per than as my your his her its our their this these those every each no some any very so too more most',
    'and or but nor because although though while when where which who whose if unless until since that whereas yet once',
    "i you he she it we they me him them us is are was were be been being am has have had do does did will would can could should may might must not there here what how why then now just only also even still never always all both one other another such up down out off again ever said get got make made go went come came take see know think say one two three first last new old many much few own same day time people year years world way man it’s it's don't don’t i'm i’m let's vs every everything nothing something today let hello hi yes",
  ),
  es: list(
    'el la los las un una unos unas de del a al en con por para sin sobre entre hasta desde hacia según tras durante contra mi tu su sus mis tus nuestro nuestra este esta estos estas ese esa cada muy más tan',
    'y e o u pero porque aunque mientras cuando donde que quien si pues sino como cuyo',
    'es son fue era eran ser está están estaba hay había ha han he se lo le les me te nos yo él ella ellos no ya también todo todos nada algo así qué cómo hoy año años dos tres vez día ahora entonces siempre nunca hola había tiene puede hace',
  ),
  pt: list(
    'o a os as um uma uns umas de do da dos das em no na nos nas num numa ao à aos às por pelo pela para com sem sob sobre entre até desde contra meu minha seu sua seus suas nosso nossa este esta esse essa cada muito mais tão',
    'e ou mas porque embora enquanto quando onde que quem se pois como',
    'é são foi era eram ser está estão estava há havia tem têm ele ela eles elas eu você nós não já também tudo todos nada assim hoje ano anos dois duas três dia vez então sempre nunca lhe isso isto foram pode só olá',
  ),
  fr: list(
    "le la les un une des de du d' l' à au aux en dans par pour sur sous avec sans chez vers entre depuis pendant contre après avant mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces chaque très plus si trop",
    'et ou mais car donc parce que quand lorsque où qui dont si puisque comme',
    "est sont était étaient être a ont avait fut il elle ils elles je tu nous vous on se ne pas y aussi tout tous toute rien bien c'est qu'il qu'elle n'est ans deux trois fois jour aujourd'hui alors toujours jamais même fait peut été bonjour voici",
  ),
  it: list(
    "il lo la i gli le un uno una l' di del dello della dei degli delle a al allo alla ai agli alle da dal dalla dai in nel nello nella nei nelle con su sul sulla per tra fra senza dopo prima contro mio mia suo sua suoi sue nostro questo questa questi queste ogni molto più così",
    'e ed o ma perché anche se quando dove che chi mentre poiché come però',
    "è sono era erano essere ha hanno aveva fu si non ci ne io tu lui lei noi voi loro già tutto tutti niente anni due tre volta giorno oggi allora sempre mai c'è dell' nell' all' dall' può stato furono ciao venne fare dei nacque",
  ),
  ca: list(
    "el la els les un una uns unes de del dels d' l' a al als en amb per pel sense sobre entre fins des cap meu seu seva aquest aquesta aquests cada molt més",
    'i o però perquè quan on que qui si mentre com doncs',
    "és són era eren ser està hi ha van va s' es no ja també tot tots res així avui any anys dos tres vegada dia després seves seus aquestes això ell ella jo llavors sempre tota té qualsevol",
  ),
  de: list(
    'der die das den dem des ein eine einen einem einer eines in im an am auf aus bei mit nach von vom vor zu zum zur über unter durch für gegen ohne um zwischen hinter neben seit während mein meine sein seine seinen ihr ihre ihren unser unsere dieser diese dieses jeder jede jedes sehr so als kein keine',
    'und oder aber denn weil obwohl während wenn wo dass daß ob bis da damit sondern',
    'ist sind war waren sein wird werden wurde wurden hat haben hatte ich du er sie es wir ihr man sich nicht auch noch nur schon dann hier wie was wer alle alles nichts etwas heute jahr jahre zwei drei mal tag immer nie kann können muss wieder mehr mich mir uns ihn ihm doch hallo jetzt guten',
  ),
  nl: list(
    'de het een van in op aan bij met naar uit voor door over onder tot tegen zonder om tussen achter sinds tijdens mijn jouw zijn haar hun onze ons deze dit die elke elk zeer zo geen te',
    'en of maar want omdat hoewel terwijl als wanneer waar dat wie toen dus',
    'is was waren zijn wordt werd werden heeft hebben had ik jij je hij zij ze wij we men zich niet ook nog wel al er hier hoe wat alle alles niets iets vandaag jaar twee drie keer dag altijd nooit kan kunnen moet meer veel naar heel geit hallo',
  ),
  af: list(
    "die 'n van in op aan by met na uit vir deur oor onder tot teen sonder om tussen my jou sy haar hul hulle ons hierdie elke baie geen te",
    'en of maar want omdat terwyl as wanneer waar dat wie toen',
    'is was word het ek jy hy dit nie ook nog wel al daar hier hoe wat alle alles niks iets vandag jaar twee drie keer dag altyd nooit kan moet meer wees sal deur geregtig mens',
  ),
  sv: list(
    'en ett den det de av i på till från med för vid om under över genom mot utan mellan efter före hos min din sin hans hennes vår denna detta dessa varje mycket så att',
    'och eller men för eftersom när där som om medan då innan',
    'är var varit vara blir blev har hade jag du han hon vi ni man sig inte också bara här hur vad alla allt inget något idag år två tre gång dag alltid aldrig kan ska måste mer få upp ut sitt sina ej hej',
  ),
  da: list(
    'en et den det de af i på til fra med for ved om under over gennem mod uden mellem efter før hos min din sin hans hendes vores denne dette disse hver meget så at',
    'og eller men fordi når hvor som om mens da',
    'er var været være bliver blev har havde jeg du han hun vi man sig ikke også kun her hvordan hvad alle alt intet noget dag år to tre gang altid aldrig kan skal må mere få op ud sit sine blive nogen lige ham mig dem dens hej',
  ),
  no: list(
    'en et ei den det de av i på til fra med for ved om under over gjennom mot uten mellom etter før hos min din sin hans hennes vår denne dette disse hver hvert veldig så å',
    'og eller men fordi når hvor som om mens da',
    'er var vært være blir ble har hadde jeg du han hun vi man seg ikke også bare her hvordan hva alle alt ingenting noe dag år to tre gang alltid aldri kan skal må mer få opp ut sitt sine bli noen ham meg dem enhver rett hei ein eit',
  ),
  is: list(
    'í á að af til frá með við um undir yfir gegnum móti án milli eftir fyrir hjá minn þinn sinn þessi þetta hver hvert mjög svo',
    'og eða en því þegar þar sem ef meðan',
    'er var verið vera verður varð hefur hafa hafði ég þú hann hún við það þeir ekki líka bara hér hvernig hvað allir allt ekkert eitthvað dag ár tveir þrír alltaf aldrei má skal þá eru upp út sér sín sínum þess ber',
  ),
  fi: list(
    'ilman ennen kohti vasten paitsi tämä tuo se nämä hyvin niin joka jokainen minun sinun hänen meidän',
    'ja tai mutta koska vaikka kun missä että jos kuin joka jotka sekä eli',
    'on oli olivat ovat olla ei eivät ole minä sinä hän me te he mitä mikä kuka kaikki mitään jotain tänään vuotta vuonna kaksi kolme kerran päivä aina koskaan voi pitää enemmän myös vain nyt sitten siitä sen sitä ollut niiden heidän kukaan yksi moi hei',
    'kanssa jälkeen kautta vuoksi',
  ),
  et: list(
    'ilma enne kuni see too need väga nii iga minu sinu tema meie oma',
    'ja või aga sest kuigi kui kus et mis kes kuid ning',
    'on oli olid olla ei ole mina sina ta me te nad mida kõik midagi täna aastat aasta kaks kolm kord päev alati kunagi võib peab rohkem ka ainult nüüd siis selle seda pole olema igal inimesel tuleb neid tere',
  ),
  hu: list(
    'a az egy ez ezek azok minden nagyon olyan',
    'és vagy de mert bár amikor ahol hogy aki amely ha mint hanem mivel',
    'volt van vannak voltak lesz nem is én te ő mi ti ők mit ki semmi valami ma év évben kettő két három nap mindig soha lehet kell több csak most akkor azt ezt meg el fel már még be joga sem való egyik szia',
    'után előtt alatt között szerint által felé',
  ),
  pl: list(
    'w we z ze na do od dla po przez przed przy pod nad bez między o u za ku mój twój jego jej ich nasz ten ta to te każdy bardzo tak',
    'i oraz lub albo ale bo ponieważ choć gdy kiedy gdzie że który która które jeśli żeby aby niż jak',
    'jest są był była było byli być nie się ja ty on ona my wy oni co kto wszystko nic coś dziś rok lat roku dwa trzy raz dzień zawsze nigdy może można więcej też już tylko jako czy jednak ma mają swój swoje tego tym cześć',
  ),
  cs: list(
    'v ve z ze na do od pro po přes před při pod nad bez mezi o u za k ke s se můj tvůj jeho její jejich náš ten ta to tento každý velmi tak',
    'a i nebo ale protože ačkoli když kde že který která které jestli aby než jak či',
    'je jsou byl byla bylo byli být není já ty on ona my vy oni co kdo všechno nic něco dnes rok let roku dva tři jednou den vždy nikdy může více také už jen jako však má mají své toho tím si ani bude ahoj',
  ),
  sk: list(
    'v vo z zo na do od pre po cez pred pri pod nad bez medzi o u za k ku s so môj tvoj jeho jej ich náš ten tá to tento každý veľmi tak',
    'a i alebo ale pretože hoci keď kde že ktorý ktorá ktoré či aby než ako',
    'je sú bol bola bolo boli byť nie ja ty on ona my vy oni čo kto všetko nič niečo dnes rok rokov roku dva tri raz deň vždy nikdy môže viac tiež už len však má majú svoje toho tým sa si ani bude ahoj',
  ),
  sl: list(
    'v na z s iz do od za po pri pred pod nad brez med o k h skozi moj tvoj njegov njen naš ta to ti vsak zelo tako',
    'in ali a ampak ker čeprav ko kjer da ki če kot pa toda',
    'je so bil bila bilo bili biti ni jaz on ona mi vi oni kaj kdo vse nič nekaj danes leto let leta dva tri dan vedno nikoli lahko več tudi že samo sem se si bi ga jo ima pravico svoje tega zdaj živjo',
  ),
  hr: list(
    'u na s sa iz do od za po pri pred pod nad bez među o k kroz moj tvoj njegov njezin naš taj ta to ovaj svaki vrlo tako',
    'i ili a ali jer iako kad kada gdje da koji koja koje ako kao nego te pa',
    'je su bio bila bilo bili biti nije ja ti on ona mi vi oni što tko sve ništa nešto danas godina godine dva tri jednom dan uvijek nikad može više također već samo sam se bi ga ima pravo svoje toga sada ne li će bog',
  ),
  ro: list(
    'un o unui unei în din de la pe cu pentru prin despre sub peste fără între până spre după către meu mea său sa lor nostru acest această acești aceste fiecare foarte mai atât al a ale',
    'și sau dar pentru că deși când unde care dacă iar ci ca fiindcă',
    'este sunt era erau fi fost a au avea eu tu el ea noi voi ei ele se nu ce cine tot toate toți nimic ceva astăzi an ani doi trei dată zi mereu niciodată poate trebuie și-a s-a într-o într-un îi își lui cum doar acum atunci nici orice are salut',
  ),
  sq: list(
    'i e të së një në nga me për mbi nën pa ndër midis deri kundër pas para im yt tij saj këtë ky kjo çdo shumë',
    'dhe ose por sepse kur ku që nëse ndërsa si',
    "është janë ishte ishin jam u nuk s' unë ti ai ajo ne ju ata çfarë kush gjithë asgjë sot vit vjet dy tre herë ditë gjithmonë kurrë mund duhet më edhe tani do ka kanë drejtë duke tjetër vetëm",
  ),
  lt: list(
    'į iš ant po per prie prieš su be už nuo iki tarp apie dėl pagal mano tavo jo jos mūsų šis ši tas ta kiekvienas labai',
    'ir ar arba bet nes nors kai kur kad kuris kuri jei jeigu kaip o',
    'yra buvo būti nėra ne aš tu jis ji mes jūs jie kas ką viskas nieko kažkas šiandien metų metais du trys kartą dieną visada niekada gali turi daugiau taip pat tik jau dabar tada savo visi teisę labas',
  ),
  lv: list(
    'no uz ar pie pa par pēc pirms bez starp līdz caur zem virs kā mans tavs viņa mūsu šis šī tas tā katrs ļoti',
    'un vai bet jo kaut kad kur ka kurš kura ja nekā gan',
    'ir bija būt nav es tu viņš viņa mēs jūs viņi kas ko viss nekas kaut šodien gadu gadā divi trīs reizi dienu vienmēr nekad var jābūt vairāk arī tikai jau tagad tad savu visi tiesības nevienu sveiki',
  ),
  tr: list(
    'bir bu şu o her çok en hiçbir bazı',
    've veya ama fakat çünkü ki eğer ancak ya',
    'değil var yok ben sen biz siz onlar onun bunun olan olarak oldu olduğu ne kim nasıl hep hiç bugün yıl yılında iki üç kez gün zaman daha bile mi mı idi ise vardır etti merhaba şey böyle sonra hakkı bütün kendi',
    'ile için gibi kadar göre sonra önce de da',
  ),
  az: list(
    'bir bu o hər çox ən heç bəzi',
    'və və ya amma lakin çünki ki əgər',
    'deyil var yox mən sən biz siz onlar onun olan olaraq oldu nə kim necə həmişə bu gün il ildə iki üç dəfə gün zaman daha belə idi isə sonra hüququ bütün öz malikdir şəxs edə bilər salam',
    'ilə üçün kimi qədər görə də da',
  ),
  vi: list(
    'của trong ở tại từ đến với cho về bằng trên dưới qua bởi theo vào ra một những các mỗi rất để',
    'và hoặc nhưng vì nếu khi mà thì rằng tuy',
    'là được có không đã đang sẽ tôi bạn anh chị nó họ chúng ta này đó gì ai tất cả nhiều hôm nay năm hai ba lần ngày luôn cũng còn chỉ người phải mọi hay như ông bà con thế quyền xin chào',
  ),
  id: list(
    'di ke dari pada dengan untuk oleh dalam tentang tanpa antara sampai sejak seperti para sang si setiap sangat sebuah seorang kepada terhadap',
    'dan atau tetapi tapi karena meskipun ketika saat di mana yang jika kalau bahwa agar sehingga',
    'adalah ialah tidak bukan saya aku kamu anda dia ia kami kita mereka ini itu apa siapa semua sudah telah akan bisa dapat harus lebih juga hanya masih hari tahun dua tiga kali selalu orang ada mempunyai hak menjadi sekarang lalu nya halo',
  ),
  fil: list(
    'ang ng sa mga si ni kay para mula hanggang tungkol isang bawat napaka',
    'at o ngunit pero dahil kahit nang kung habang kapag',
    'ay na hindi ako ikaw siya kami tayo kayo sila ko mo niya namin natin nila ito iyan iyon ano sino lahat wala may mayroon araw taon dalawa tatlo beses lagi maaari dapat din rin lamang lang pa noong karapatan kanyang kanilang kamusta',
  ),
  sw: list(
    'ya wa za la cha vya kwa na katika kutoka hadi bila kama kila sana',
    'na au lakini kwa sababu ingawa wakati ambapo ambayo ambao kwamba ikiwa ili',
    'ni si alikuwa ilikuwa walikuwa kuwa mimi wewe yeye sisi ninyi wao hii hiyo huo hili hayo nini nani wote yote kitu leo mwaka miaka mbili tatu mara siku daima anaweza lazima zaidi pia tu bado sasa haki mtu yake wake zao ana jambo habari',
  ),
  eu: list(
    'oso hain',
    'eta edo baina baino baizik nahiz noiz non ere bait edota',
    'da dira zen ziren izan du dute zuen ez bai ni zu hura gu zuek haiek hau hori zer nor guztiak guzti ezer gaur urte bi hiru aldiz egun beti inoiz behar gehiago dituen den dela duen eskubidea egin bat kaixo',
  ),
}
