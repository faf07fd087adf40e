// The body, food, sport, art, travel, places: what people do and where.
// One row a concept: words | icons, the most telling first | places, the most telling first.
export const daily = `
health healthy healthcare wellness wellbeing fitness immune immunity vitamin vitamins | anatomical-heart stethoscope red-apple | hospital meadow
doctor doctors medicine medical hospital nurse patient patients clinic surgery surgeon treatment cure therapy diagnosis | stethoscope syringe pill | hospital
drug drugs pill pills pharmacy antibiotic antibiotics penicillin | pill petri-dish | hospital laboratory
vaccine vaccines vaccination injection injections jab | !syringe adhesive-bandage | hospital
heart hearts cardiac cardiovascular pulse | anatomical-heart stethoscope | hospital
blood vein veins artery | drop-of-blood syringe | hospital
lung lungs oxygen asthma | lungs stethoscope | hospital
bone bones skeleton | bone skull | hospital laboratory
tooth teeth dentist dental | tooth toothbrush | hospital
eye eyes vision sight see glasses blind | eye glasses | hospital dream
ear hearing sound noise listen | ear headphone musical-notes | concert room
cancer tumor tumour | reminder-ribbon microscope dna | hospital
diet calories weight nutrition protein sugar obesity vegetarian vegan | green-salad red-apple broccoli | kitchen
body muscle muscles | flexed-biceps anatomical-heart | hospital stadium
alcohol wine wines vineyard bar | wine-glass bottle-with-popping-cork grapes | room town
beer beers brewery breweries hops pub pubs tavern taverns | beer-mug clinking-beer-mugs | town room
smoking tobacco addiction nicotine | chains | city
food foods eat eating meal meals dinner lunch dish dishes hungry hunger taste delicious flavor flavour cuisine | pot-of-food fork-and-knife-with-plate bread | kitchen
cook cooks cooking chef kitchen recipe recipes boil boiled fry roast simmer pan pans chop chopped stir whisk | cooking pot-of-food kitchen-knife | kitchen
restaurant restaurants diner | fork-and-knife-with-plate wine-glass | room city
cafe café cafes cafés coffeehouse coffeehouses coffee-house coffee-houses | hot-beverage croissant | room town
coffee espresso caffeine cappuccino barista | hot-beverage teacup-without-handle | room town
bean beans | beans | kitchen farm
coffee-beans coffee-bean | beans hot-beverage | farm kitchen
tea teas kettle kettles teahouse tea-ceremony | teapot teacup-without-handle | room
bread baker bakers bakery bake baked baking dough sourdough toast loaf loaves yeast crust oven | bread baguette-bread croissant | kitchen town
cake cakes dessert sweet sweets pastry birthday | birthday-cake cupcake | kitchen room
chocolate cocoa cacao | chocolate-bar cookie | kitchen
cheese parmesan mozzarella cheddar | cheese-wedge | kitchen
pizza pasta italian spaghetti tomato sauce | pizza spaghetti tomato | kitchen
soup stew broth noodles ramen | steaming-bowl pot-of-food | kitchen
sushi | sushi chopsticks | kitchen
meat steak beef barbecue | cut-of-meat meat-on-bone | kitchen
egg eggs | egg cooking | kitchen
salt pepper spice spices pinch | salt hot-pepper ginger-root | kitchen
garlic onion onions clove cloves herb herbs basil parsley | garlic onion herb | kitchen
fruit fruits apple apples orange banana | red-apple grapes | farm kitchen
berry berries cherry cherries | cherries grapes blueberries | meadow farm
vegetable vegetables salad carrot broccoli | green-salad carrot broccoli | kitchen farm
breakfast | cooking hot-beverage | kitchen
morning mornings wake woke waking awake energetic | alarm-clock hot-beverage | room meadow
milk butter cream yogurt | glass-of-milk butter | kitchen farm
olive olives | olive bottle-with-popping-cork | farm kitchen
sport sports athlete athletes athletic training coach olympics olympic marathon | trophy running-shoe soccer-ball | stadium
football soccer fifa world-cup stadium | soccer-ball trophy | stadium
basketball nba | basketball trophy | stadium
tennis wimbledon | tennis trophy | stadium
baseball cricket | baseball | stadium
boxing boxer fight fighter martial karate judo | boxing-glove martial-arts-uniform | stadium
walk walks walking walked walker | person-walking hiking-boot | road meadow
run runs running runner ran jog jogging sprint marathon | person-running running-shoe | road stadium
swim swimming swimmer | person-swimming goggles | ocean
cycling cyclist bicycle bike biking | person-biking bicycle | road mountain
ski skiing snowboard | skier skis | polar mountain
surf surfing surfer | person-surfing | ocean
gym exercise exercises workout weights lifting | person-lifting-weights flexed-biceps | stadium
dance dancing dancer ballet | ballet-dancer ballet-shoes | concert
music requiem sonata opera overture musical musician musicians song songs melody symphony orchestra composer mozart beethoven bach concert jazz band | violin musical-notes saxophone | concert
guitar rock roll | guitar studio-microphone | concert
piano pianist | musical-keyboard musical-score | concert room
drum drums rhythm | drum musical-notes | concert
sing sings sang sung singing singer singers stage performance performer audience voice microphone podcast | studio-microphone musical-notes | concert
art arts artist artists painting paintings painter paint painted museum gallery picasso gogh leonardo renaissance | artist-palette framed-picture paintbrush | library room
color colour colors colours pigment | artist-palette crayon rainbow | room
film films movie movies cinema hollywood director actor actress | movie-camera clapper-board popcorn | concert city
theatre theater drama play shakespeare comedy tragedy | performing-arts scroll | concert
photo photograph photography photographer camera image picture pictures | camera framed-picture | city
television tv radio broadcast | television radio | room
fashion clothes clothing dress style shirt | dress sewing-needle high-heeled-shoe | room city
party celebrate celebration festival holiday carnival | party-popper balloon | city sky
christmas | christmas-tree wrapped-gift | polar room
travel traveler traveller travels trip tourist tourism vacation adventure journey journeys passport | luggage airplane compass | sky road map
airplane plane airplanes aircraft pilot airport aviation wright | airplane small-airplane | sky
helicopter drone | helicopter | sky
balloon hot-air | balloon | sky
ship ships boat boats sail sailed sailing sailor sailors shipped harbor harbour port ports navy titanic cargo lifeboat lifeboats wreck hull crew | ship sailboat anchor | !ocean
train trains railway railroad locomotive rail platform steam | locomotive high-speed-train | mountain city
subway subways metro underground commuter commuters rider riders | station tram light-rail | city
car cars automobile drive driving driver vehicle vehicles traffic ford garage | automobile taxi | road city
electric-car electric-cars ev evs charger chargers | automobile battery electric-plug | road city
wagon wagons carriage carriages cart carts stagecoach | horse wheel | road
bus tram transport transportation | bus tram | city
truck trucks delivery logistics cargo | delivery-truck package | road
road roads street streets highway path way route | bicycle compass | !road city
bridge bridges | brick building-construction | city ocean
wheel wheels invention | wheel gear | road
map maps geography border borders continent country countries nation nations | world-map compass | map
city cities town towns urban skyline capital downtown metropolis | office-building taxi houses | !city
village villages rural hut cottage | hut houses | !town meadow
square squares alley alleys cobblestone cobblestones | ~fountain | !town
house houses home homes apartment rent housing roof door | house-with-garden key door | meadow town
footstep footsteps footprint tracks | footprints | forest
room rooms furniture living bedroom cozy | couch-and-lamp bed | room
kitchen | pot-of-food | kitchen
castle castles fortress tower towers wall walls | castle shield | !castle
temple temples shrine ruin ruins column columns monument | classical-building amphora | ruins
monk monks monastery monasteries nun abbey convent | candle prayer-beads scroll | !castle mountain
paris france french | ~wine-glass croissant baguette-bread | town city
eiffel eiffel-tower | tokyo-tower | city
london england english british britain | ~umbrella bus teapot | city town
europe european | ~castle | town castle
new-york manhattan america american usa | ~statue-of-liberty taxi | city
tokyo japan japanese kyoto | ~japanese-castle cherry-blossom tokyo-tower | city mountain
samurai ninja shogun | japanese-castle crossed-swords | castle mountain
china chinese beijing | ~red-paper-lantern dragon | mountain castle
great-wall | castle brick | mountain castle
india indian delhi mumbai | ~elephant diya-lamp hindu-temple | ruins desert
russia russian moscow siberia | ~nesting-dolls | polar town
istanbul ottoman turkey turkish persia persian yemen yemeni mecca arab baghdad damascus samarkand constantinople | ~mosque teapot camel | !desert
venice | ~canoe performing-arts | !ocean town
vienna austria prague amsterdam | ~violin hot-beverage | town concert
africa african | ~lion giraffe drum | meadow desert
australia australian | ~kangaroo boomerang | desert
brazil brazilian colombia | ~parrot palm-tree soccer-ball | forest farm
mexico mexican aztec maya mayan inca | ~cactus taco | ruins desert
light lamp bulb candle lantern illuminate glow | light-bulb candle | room cave
dark darkness shadow midnight | candle crescent-moon bat | cave forest
night nights nighttime evening | crescent-moon owl | dream forest
key keys lock unlock | key locked | castle room
tool tools repair fix hammer craft craftsman blacksmith wood workshop | hammer-and-wrench toolbox axe | room
clean cleaning wash soap hygiene | soap bubbles broom | room kitchen
mirror reflection self identity ego personality | mirror eye | room dream
mask masks role | performing-arts | concert
window | window potted-plant | room
toy toys childhood | teddy-bear puzzle-piece kite | room meadow
glass bottle | wine-glass jar | room kitchen
paper | scroll newspaper | library
printing gutenberg print printed | newspaper books printer | library
compass north south direction navigation | compass world-map | map
magnet magnetic magnetism | magnet compass | laboratory
telegraph signal signals antenna | satellite-antenna radio | mountain
bomb explosion explode exploded atomic | bomb fire | ruins
umbrella | umbrella cloud-with-rain | city sky
tower | tokyo-tower castle | city
garden | sunflower potted-plant butterfly | !meadow farm
camp camping tent | camping tent fire | forest mountain
picnic park | basket deciduous-tree kite | meadow
ladder steps step stairs progress | ladder mountain | mountain
silk textile textiles cotton cloth fabric fabrics linen | thread sewing-needle yarn | town room
phone phones smartphone smartphones call telephone mobile screen | mobile-phone telephone | room city
brew brewed brews brewing | hot-beverage teapot | kitchen room
chicken chickens hen hens rooster poultry | rooster egg | farm
penny pennies pence shilling shillings ducat ducats | coin money-bag | town
cup cups mug mugs sip sips | hot-beverage teacup-without-handle | room
`
