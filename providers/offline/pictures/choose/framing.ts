// Words that frame what is told (who says so, when, how much) though a concept or an icon stands for them. They lead a
// picture only when a sentence has nothing else to show. English; other languages reach them through the lexicon.
const framing = `
legend legends legendary myth myths mythical story stories tale tales history historical past century centuries
ancient antiquity era medieval time times year years decade decades month months week weeks weekly date annual hour
hours minute minutes second seconds moment moments schedule calendar world worlds worldwide global globe international
humanity country countries nation nations place room rooms life lives alive living lived live existence word words say
saying speech speak speaks speaking spoke talk talking conversation dialogue communication idea ideas change changed
changes discover discovered discovery found invent invented invention learn learns learned know knows knew knowledge
understand think thinks thinking thought thoughts patient home homes work works worked working worker workers job jobs
career child children father mother parent parents son daughter husband wife husbands wives baby old age number
numbers measure measurement size scale quality perfect best excellence simple question questions answer answers reason
truth meaning problem problems solution step steps progress path way route direction grow grows growing grew grown
rise rising build builds building built construct constructed wonder curious secret secrets unknown play player game
games read reads believe belief believes believed faith hope fail failed failure lost lose mistake missing help helped
present choice choose choices decision goal plan plans leader leaders success lead cost costs light dark darkness
shadow heat hot cold colour color colours colors sound sounds noise voice stage class state states capital view sight
see eye eyes ear ears earth part ever chance quick quickly fast faster speed deep edge early share shared send sent
test body born death dead died dies die dying killed murder collapse collapses collapsed decline declined fight fights
fighting fought
`

// Hours and seasons light the picture; as things they would repeat what the sky already shows.
const hours = `
night nights nighttime evening evenings morning mornings midnight dawn sunrise sunset noon midday afternoon dusk
twilight dinner lunch supper dark darkness day days daytime light sunlight daylight
`

const words = new Set([...framing.trim().split(/\s+/), ...hours.trim().split(/\s+/)])

/** Whether an English word says little about what a picture shows. */
export const isFraming = (word: string): boolean => words.has(word)
