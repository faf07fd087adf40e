// Nature, the sky and living things.
// One row a concept: words | icons, the most telling first | places, the most telling first.
export const nature = `
climate climate-change global-warming warming greenhouse emissions carbon co2 | globe-showing-europe-africa thermometer factory | polar sky
environment ecology ecological sustainability sustainable nature natural green ecosystem conservation | evergreen-tree seedling globe-showing-europe-africa | forest meadow
pollution polluted smog waste garbage plastic trash | factory oil-drum bucket | city ocean
recycle recycling reuse recycled | seedling bucket | meadow
weather storm storms thunder lightning thunderstorm hurricane tornado typhoon cyclone | cloud-with-lightning-and-rain tornado | sky ocean
rain rainy rainfall flood floods monsoon drought | cloud-with-rain umbrella droplet | sky farm
iceberg icebergs | ice ship | ocean polar
snow ice winter winters cold freezing frozen froze blizzard frost snowflake | snowflake snowman skis | !polar
arctic antarctica antarctic polar pole glacier glaciers eskimo | penguin seal snowflake | !polar
summer heat hot sunshine sunny sunlight | sun sunglasses beach-with-umbrella | ocean meadow
spring bloom blossom blossoms | cherry-blossom tulip butterfly | meadow
autumn fall leaves harvest | maple-leaf fallen-leaf pear | forest farm
sun sunrise sunset daylight dawn | sun sunflower | meadow ocean
moon lunar moonlight eclipse apollo | full-moon rocket telescope | space
star stars starlight constellation astronomy astronomer astronomers telescope galileo hubble | telescope glowing-star star | space mountain
space universe cosmos cosmic galaxy galaxies nebula interstellar orbit orbits | rocket ringed-planet satellite | !space
planet planets mars jupiter saturn venus mercury neptune uranus pluto exoplanet solar-system | ringed-planet rocket comet | !space
black-hole black-holes event-horizon singularity | ringed-planet comet star | !blackhole
gravity spacetime dark-matter supernova | ringed-planet comet star | space blackhole
astronaut astronauts nasa spacecraft spaceship rocket rockets launch launched spacex shuttle mission satellite satellites probe voyager | rocket satellite | space
asteroid asteroids comet meteor meteorite | comet rock t-rex | space
alien aliens ufo extraterrestrial | flying-saucer alien | space
earth globe | globe-showing-europe-africa ringed-planet | space
sky air wind atmosphere fly flying flight | ~balloon kite bird | sky
cloud clouds | cloud | sky
fire flame flames burn burning burned wildfire | fire fire-engine | forest volcano
volcano volcanoes eruption erupted lava magma earthquake earthquakes tectonic ash vesuvius pompeii etna krakatoa | volcano rock fire | !volcano
water river rivers lake lakes stream waterfall drink hydration | droplet water-wave canoe | ocean
ocean oceans sea seas marine tide tides wave waves atlantic pacific coast beach island islands shore tsunami tsunamis | water-wave sailboat spiral-shell | !ocean
lighthouse lighthouses harbour-light shipwreck shipwrecks | sailboat anchor water-wave | !ocean
underwater diving diver reef reefs coral abyss submarine submarines deep-sea ocean-floor seabed anglerfish | tropical-fish jellyfish blowfish | !underwater
mountain mountains peak summit alps himalaya everest andes hill hills climb climber climbing hike hiking hiker | snow-capped-mountain hiking-boot person-climbing | !mountain
highland highlands valley valleys plateau cliff cliffs slope slopes ethiopia ethiopian | ~snow-capped-mountain | !mountain
forest forests woods wood tree trees jungle rainforest amazon deforestation | evergreen-tree deciduous-tree owl | !forest
desert sahara dune dunes oasis sand cactus arabia arabian gobi | camel cactus | !desert
cave caves mine mining miner miners underground tunnel | pick gem-stone flashlight | !cave
rock rocks stone stones mineral minerals geology cliffs | rock gem-stone pick | mountain cave
meadow grass field fields countryside pasture prairie savanna | sunflower butterfly cow | !meadow
farm farms farmer farmers farming agriculture agricultural crop crops plough soil barn plantation plantations | tractor sheaf-of-rice cow | !farm
plant plants planting planted seed seeds sprout sow garden gardening gardener | seedling potted-plant sunflower | farm meadow
flower flowers petal petals rose roses garden | tulip rose sunflower bouquet | meadow
wheat grain grains rye flour harvested rice corn barley cereal | sheaf-of-rice ear-of-corn bread | farm
animal animals wildlife zoo species creature creatures biodiversity mammal mammals | elephant giraffe lion | meadow forest
dinosaur dinosaurs jurassic cretaceous prehistoric extinction extinct tyrannosaurus tyrannosaur | t-rex sauropod bone | volcano forest
dog dogs puppy puppies hound canine | dog bone | meadow room
cat cats kitten kittens feline | cat yarn | room
horse horses stallion pony cavalry | horse | meadow
cow cows cattle bull ox dairy milk | cow glass-of-milk | farm meadow
sheep lamb flock flocks shepherd herd herder herders wool | ewe goat ram | meadow mountain
goat goats | goat | meadow mountain
pig pigs | pig | farm
bird birds songbird feather feathers nest wings migration | bird feather nest-with-eggs | sky meadow
eagle hawk falcon | eagle | sky mountain
owl owls | owl | forest
penguin penguins | penguin snowflake | polar
bee bees honey honeybee pollinator pollination pollinators hive beehive | honeybee honey-pot sunflower | meadow
butterfly butterflies caterpillar | butterfly tulip | meadow
ant ants insect insects bug bugs beetle | ant beetle | forest meadow
spider spiders web | spider-web spider | forest
fish fishes fishing fisherman salmon tuna shoal | fish fishing-pole | underwater ocean
squid | squid | underwater
shark sharks | shark | underwater
whale whales | spouting-whale whale | ocean
dolphin dolphins | dolphin | ocean
octopus octopuses tentacle tentacles | octopus | underwater
jellyfish plankton | jellyfish | underwater
turtle turtles tortoise | turtle | ocean
elephant elephants mammoth | elephant | meadow
lion lions tiger tigers leopard cheetah predator predators | lion tiger leopard | meadow
wolf wolves | wolf full-moon | forest
bear bears | bear honey-pot | forest mountain
monkey monkeys ape apes chimpanzee chimpanzees gorilla primate primates | monkey banana gorilla | forest
snake snakes reptile reptiles lizard | snake lizard | desert forest
frog frogs amphibian amphibians pond | frog lotus | forest
mouse mice rat rats rodent | mouse rat cheese-wedge | room laboratory
rabbit rabbits hare | rabbit carrot | meadow
camel camels caravan caravans nomad nomads bedouin silk-road | camel two-hump-camel tent | desert
dragon dragons | dragon castle | castle volcano
unicorn unicorns | unicorn rainbow | meadow
tree oak beech birch bush bushes shrub root roots | deciduous-tree leaf-fluttering-in-wind | forest
mushroom mushrooms fungus fungi | mushroom | forest
rainbow | rainbow sun-behind-rain-cloud | sky
hibernate hibernation | bear snowflake | polar forest
`
