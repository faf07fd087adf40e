// Ideas, society, money, knowledge: words that name nothing one can see, and what stands for them.
// One row a concept: words | icons, the most telling first | places, the most telling first.
export const ideas = `
freedom liberty independence free emancipation | dove statue-of-liberty broken-chain | sky
peace peaceful truce reconciliation harmony | dove lotus | sky meadow
war wars warfare battle battles conflict invasion invaded invade siege conquered conquest | crossed-swords shield bomb | castle ruins
soldier soldiers army armies troops military regiment legion legions helmet helmets guard guards napoleon waterloo general generals | military-helmet shield crossed-swords | castle mountain
weapon weapons sword swords arms | crossed-swords dagger bow-and-arrow | castle
revolution revolt uprising rebellion riot protest protesters | raised-fist megaphone fire | city town
slavery slave slaves oppression prison prisoner jail captive | chains locked | cave castle
law laws legal justice court judge lawyer legislation rights trial verdict | balance-scale classical-building scroll | ruins library
democracy vote voting election elections voter voters ballot referendum parliament senate | ballot-box-with-ballot classical-building megaphone | city ruins
government politics political politician president minister congress state | classical-building balance-scale | city ruins
crime criminal thief robbery detective murder police | police-car magnifying-glass-tilted-left fingerprint | city
treaty agreement contract deal partnership alliance diplomacy | handshake scroll fountain-pen | office map
king kings emperor monarch monarchy throne ruler reign dynasty pharaoh sultan tsar | crown castle | castle
queen queens empress princess | crown ring | castle
empire empires kingdom civilization civilisation civilizations | crown classical-building scroll | ruins castle
knight knights crusade chivalry | shield crossed-swords horse | castle
history historical historian past century centuries ancient antiquity era medieval legend myth | scroll hourglass-done amphora | ruins library town
rome roman romans caesar gladiator gladiators | ~classical-building shield scroll | ruins
greece greek greeks athens sparta olympus | ~classical-building amphora | ruins
egypt egyptian egyptians pyramid pyramids nile mummy cairo | ~camel amphora scroll | !desert
viking vikings norse longship longships norsemen | sailboat shield axe | !ocean map
pirate pirates treasure | treasure-chest sailboat compass | ocean map
archaeology archaeologist archaeologists excavation artifact artifacts fossil fossils | amphora bone shovel | ruins desert
explorer explorers exploration expedition discover discovered discovery voyage voyages navigator columbus magellan | compass sailboat telescope | map ocean
economy economic economics gdp inflation recession | bar-chart coin balance-scale | market office
market markets | bar-chart coin basket | market town
trade trades traded trader traders commerce merchant merchants export import goods bazaar stall stalls | coin package treasure-chest | town
stock stocks shares shareholder investor investors investing investment portfolio bonds dividend dividends etf invest invests invested fund funds index-fund index-funds fees | coin chart-increasing money-bag | market office
crash crashed crashes plunged bankrupt bankruptcy depression downturn | !chart-decreasing money-with-wings | market
collapse collapsed collapses crisis decline losses ruined | chart-decreasing broken-chain bomb | ruins
growth increase profit profits gains compound interest returns | chart-increasing seedling coin | market office
grow growing grew grown grows rise rising | seedling potted-plant | farm meadow
money wealth rich cash salary income wage wages fortune millionaire billionaire dollar dollars euro euros price prices cost costs cent cents nickel | money-bag coin dollar-banknote | office city town
saving savings budget pension retirement retire | money-bag coin umbrella | market room
debt debts loan loans mortgage credit borrow | credit-card money-with-wings chains | office market
bank banks banking banker finance financial | bank coin money-bag | city office
bitcoin crypto cryptocurrency blockchain token | coin link chart-increasing | circuit market
gold golden-age nugget nuggets | coin treasure-chest gem-stone | cave
diamond diamonds jewel jewels jewelry gem gems precious | gem-stone coin ring | cave
tax taxes insurance accounting audit | abacus ledger coin | office
business company companies corporation startup entrepreneur ceo manager enterprise | briefcase office-building chart-increasing | office market
work job jobs career labour labor employee employees worker workers office productivity colleague desk | briefcase laptop hot-beverage | office
meeting meetings plan planning strategy project projects goal goals | bullseye clipboard | office
team teamwork together cooperation community collaborate unity | handshake people-holding-hands | office meadow
leader leadership success achievement win winner victory champion triumph succeed | trophy crown | stadium mountain
failure fail failed mistake mistakes error | broken-chain chart-decreasing | road office
stock-market stock-exchange wall-street | bar-chart coin | market
risk danger dangerous threat hazard warning emergency alarm | police-car fire bomb | road city
chance luck lucky gamble probability random fortune | game-die four-leaf-clover slot-machine | dream
competition rival rivals contest compete | trophy chess-pawn | stadium
shop shops shopping store buy bought sell sold customer customers consumer retail advertising | shopping-cart shopping-bags convenience-store | city town
industry industrial factory factories manufacture manufacturing machine machines machinery assembly | factory gear hammer-and-wrench | city
invention invent invented inventor innovation innovative idea ideas creativity creative insight genius | light-bulb gear pencil | laboratory dream
education learn learned learning school schools student students teacher teachers lesson lessons university universities college study studying studies classroom homework exam | books graduation-cap pencil school | library room
book books read reading reader novel story stories tale author authors literature library libraries writer writers poem poetry poet poets | open-book books fountain-pen | library room
write writing wrote letter letters diary journal essay script | fountain-pen memo scroll | library room
language languages words grammar translate speech speak speaking conversation talk dialogue communication | open-book megaphone telephone | library room
news journalism journalist press newspaper headline media | newspaper megaphone studio-microphone | city office
number numbers mathematics math maths algebra equation calculus geometry statistics calculate | abacus triangular-ruler bar-chart | library office
science scientific scientist scientists research researcher researchers experiment experiments laboratory lab theory hypothesis | microscope test-tube alembic | laboratory
chemistry chemical chemicals chemist molecule molecules compound reaction element elements acid | alembic test-tube microscope | laboratory
physics physicist atom atoms quantum particle particles electron electrons nuclear relativity einstein newton | telescope magnet alembic | laboratory space
biology biologist cell cells gene genes genetic genetics dna evolution darwin mutation chromosome | dna microscope petri-dish | laboratory
bacteria smallpox measles polio flu malaria antibody antibodies immune virus viruses germ germs microbe infection pandemic epidemic plague covid disease diseases | microbe microscope syringe | laboratory hospital
electricity electric electrical power voltage current tesla edison | high-voltage light-bulb electric-plug | circuit city
energy renewable solar turbine grid nuclear | high-voltage light-bulb sun battery | meadow circuit
oil petroleum petrol gasoline gas coal fossil diesel | oil-drum fuel-pump | desert road
battery batteries charge charging | battery electric-plug high-voltage | circuit
technology tech digital software hardware engineer engineering engineers device devices gadget | laptop gear mobile-phone | circuit office
computer computers computing programmer programming code coding developer algorithm algorithms app apps | desktop-computer laptop keyboard | circuit office
ai artificial intelligence machine-learning neural robot robots automation chatgpt model models android | robot brain gear | circuit
internet web online website network networks cloud server servers data database wifi | laptop satellite-antenna desktop-computer | circuit
social instagram facebook tiktok youtube influencer followers post posts viral | mobile-phone camera red-heart | city room
privacy security secure password hack hacker hackers cyber cybersecurity encryption | locked key laptop | circuit
chip chips semiconductor processor transistor circuit circuits | computer-disk gear high-voltage | circuit
game games gaming gamer videogame play player | video-game joystick game-die | room circuit
chess opponent checkmate bishop pawn | chess-pawn crown | library room
strategy | chess-pawn bullseye | library office
time times hour hours minute minutes second seconds clock deadline moment schedule | hourglass-done alarm-clock mantelpiece-clock | dream room
year years decade decades month months week calendar date annual | hourglass-done calendar | room map
future tomorrow prediction predict destiny fate prophecy | crystal-ball rocket telescope | dream space
memory memories remember forget forgot nostalgia souvenir | brain framed-picture hourglass-done | dream library
brain mind minds mental psychology psychologist neuron neurons neuroscience cognitive consciousness thought thoughts think thinking thinker | brain light-bulb puzzle-piece | dream laboratory
philosophy philosopher philosophers wisdom wise socrates plato aristotle stoic stoics stoicism meaning truth ethics virtue morality nietzsche kant | classical-building scroll owl | ruins dream library
logic reason rational argument knowledge know understand understanding | brain books light-bulb | library dream
question questions answer answers mystery mysterious curious curiosity wonder puzzle riddle secret secrets unknown | puzzle-piece magnifying-glass-tilted-left key | dream library
decision decisions choice choices choose dilemma judgement | balance-scale compass | road dream
problem problems solution solve solved challenge | puzzle-piece light-bulb key | office dream
change transform transformation adapt | butterfly seedling | meadow dream
habit habits routine discipline practice practise willpower | running-shoe alarm-clock potted-plant | room road
balance equilibrium moderation | balance-scale lotus | dream meadow
hope optimism hopeful inspire inspiration faith believe belief | rainbow dove candle | sky
courage brave bravery hero heroes strength strong resilience | shield flexed-biceps lion | mountain castle
fear afraid scared horror nightmare terror anxiety anxious stress haunted haunting ghost ghosts | ghost spider-web bat | forest cave
happiness happy joy smile laugh laughter fun delight | balloon sun sunflower | meadow sky
sadness sad grief sorrow tears cry lonely loneliness | cloud-with-rain wilted-flower umbrella | sky city
anger angry rage hate hatred fury | fire volcano | volcano
love loved loving romance romantic lover valentine passion affection | red-heart rose bouquet | meadow sky
heartbreak divorce breakup jealousy betrayal | broken-heart wilted-flower | city sky
friend friends friendship companion | people-holding-hands teddy-bear | meadow
family families mother father parents parent child children kids baby babies son daughter grandmother grandfather home | house-with-garden teddy-bear baby-bottle | meadow room
marriage wedding married bride groom husband wife | ring wedding bouquet | meadow
birth born pregnancy newborn | baby-bottle nest-with-eggs | room hospital
death dead die died dying funeral grave cemetery mortality | headstone candle wilted-flower | forest
life alive living lifetime existence | seedling deciduous-tree hourglass-done | meadow
age aging ageing old elderly longevity | hourglass-done deciduous-tree | meadow room
dream dreams dreaming dreamed imagination imagine fantasy | crescent-moon bed glowing-star | dream
sleep sleeping slept asleep insomnia nap bedtime nightfall pillow | bed crescent-moon | room dream
meditation meditate mindfulness mindful calm relax relaxation breathing breathe yoga zen serenity tranquility | person-in-lotus-position lotus candle | mountain dream
religion religious god gods prayer pray church faith spiritual spirituality soul holy sacred bible | church prayer-beads candle | ruins town
buddha buddhism buddhist hindu hinduism temple | lotus hindu-temple prayer-beads | ruins mountain
islam muslim mosque mecca quran sufi sufis | mosque prayer-beads | desert
magic magical wizard witch spell sorcery | magic-wand crystal-ball glowing-star | forest dream
world global planet international humanity globe worldwide | globe-showing-europe-africa world-map | space map
measure measurement precise accuracy size scale | straight-ruler triangular-ruler | office laboratory
quality perfect excellence best | trophy gem-stone | stadium
simple simplicity minimal minimalism | potted-plant lotus | room
gift gifts present generosity giving kindness kind charity donate help helping gratitude grateful thank | wrapped-gift red-heart handshake | room meadow
attention focus concentrate concentration target aim | bullseye magnifying-glass-tilted-left | office dream
speed fast faster quick quickly rapid race racing velocity | racing-car rocket stopwatch | road stadium
build building built construct construction architect architecture | building-construction brick triangular-ruler | city
`
