// English words that picture services refuse over, each with what stands for it.

/** Whole words in any case, with their usual endings and an article; phrases come before the words in them. */
export const loadedWords: { words: RegExp; instead: string }[] = [
  // What is done.
  [
    `(?:was|were|is|are|being|been|gets?|got) (?:killed|murdered|shot|stabbed|executed|beheaded|hanged|slain)`,
    'is gone',
  ],
  [`(?:commit(?:s|ted|ting)? )?suicid(?:e|al)s?`, 'loneliness'],
  [`kill(?:s|ed|ing|ers?|ings)?|murder(?:s|ed|ing|ers?|ous)?|assassin\\w*|slaughter\\w*|massacre\\w*`, 'loss'],
  [`shoot(?:s|ing|ings|ers?|out)?|stab(?:s|bed|bing|bings)?|behead\\w*|execut(?:e|es|ed|ing|ions?|ioners?)`, 'facing'],
  [`attack(?:s|ed|ing|ers?)?|assault(?:s|ed|ing)?|ambush\\w*|strangl\\w*|chok(?:e|es|ed|ing)`, 'confronting'],
  [`fight(?:s|ing|ers?)?|fought|punch(?:es|ed|ing)?|beat(?:s|en|ing)? up|brawl\\w*|violen(?:t|ce|tly)`, 'rivalry'],
  [`tortur\\w*|abus(?:e|es|ed|ing|ive)|rap(?:e|es|ed|ing|ists?)|molest\\w*|kidnap\\w*|hostages?`, 'sorrow'],
  [`dead bod(?:y|ies)|corpses?|cadavers?|carcass(?:es)?|skeletons?|skulls?`, 'an empty chair'],
  [`die[sd]?|dying|deaths?|dead|deadly|lethal|fatal(?:ly)?|perish\\w*`, 'falling leaves'],
  [`graves?|graveyards?|cemeter(?:y|ies)|coffins?|gallows|guillotines?|noose`, 'a garden with a stone path'],
  // What it is done with.
  [
    `guns?|pistols?|rifles?|firearms?|revolvers?|shotguns?|machine ?guns?|weapons?|ammunition|bullets?`,
    'a closed wooden box',
  ],
  [`kni(?:fe|ves)|daggers?|swords?|blades?|axes?|machetes?|spears?`, 'a furled banner'],
  [
    `bomb(?:s|ed|ing|ings|ers?)?|grenades?|missiles?|explosives?|land ?mines?|explo(?:de|des|ded|ding|sions?)`,
    'storm clouds',
  ],
  [`tanks?|warships?|warplanes?|artillery|cannons?`, 'heavy clouds'],
  // What it leaves.
  [`blood(?:y|ied|shed|stained|-stained|-soaked)?|gor(?:e|y)|bleed(?:s|ing)?|bled`, 'red petals'],
  [
    `wound(?:s|ed|ing)?|injur(?:y|ies|ed|ing)|mutilat\\w*|dismember\\w*|amputat\\w*|guts|entrails|scars?`,
    'mended cracks of gold',
  ],
  // War and terror.
  [
    `(?:civil |world |cold )?wars?(?: (?:i|ii|one|two))?|warfare|battle(?:s|fields?|grounds?)?|combat|invasions?|invad\\w*`,
    'a distant storm',
  ],
  [`soldiers?|troops|warriors?|arm(?:y|ies)|militias?|snipers?|mercenar(?:y|ies)`, 'travellers on a long road'],
  [`terror(?:ist|ists|ism)?|extremists?|genocides?|holocaust|ethnic cleansing|concentration camps?`, 'a single candle'],
  [`nazis?|swastikas?|hitler|isis|ku klux klan|fascis(?:t|ts|m)`, 'a dark chapter of an old book'],
  [`slaves?|slavery|lynch\\w*`, 'broken chains on the ground'],
  // Drugs, nudity, cruelty to oneself.
  [
    `drugs?|cocaine|heroin|meth(?:amphetamine)?|opium|overdos\\w*|syringes?|cannabis|marijuana|weed`,
    'small glass bottles',
  ],
  [
    `nud(?:e|es|ity)|naked(?:ness)?|topless|undress\\w*|unclothed|lingerie|bikinis?|sex(?:y|ual|ually)?|erotic\\w*|porn\\w*|orgy`,
    'draped cloth',
  ],
  [`breasts?|nipples?|genitals?|buttocks`, 'flowing cloth'],
  [`self-?harm\\w*|cutting (?:himself|herself|themselves)|anorexi\\w*|bulimi\\w*`, 'a small light in a dark window'],
  [
    `burn(?:s|ed|t|ing)? alive|crucif\\w*|sacrific(?:e|es|ed|ing) (?:a |an |the )?(?:child|children|human|humans|people)`,
    'smoke that rises',
  ],
  [`criminals?|gang(?:s|sters?)?|mafia|prison(?:s|ers?)?|jails?|robber(?:y|ies|s)?`, 'long shadows'],
].map(([words, instead]) => ({
  words: new RegExp(
    `(?<![\\p{L}\\p{N}-])(?:(?:an?|the|his|her|its|their|my|our|your) )?(?:${words})(?![\\p{L}\\p{N}])`,
    'giu',
  ),
  instead: instead!,
}))

/** Beside anything loaded, or where the service says that it is about them, children are left out of the picture. */
export const children = {
  words:
    /(?<![\p{L}\p{N}])(?:(?:an? |the )?(?:little |small |young |teenage )?(?:child|kid|boy|girl|baby|infant|toddler|teenager|minor|schoolboy|schoolgirl|pupil)|(?:little |small |young |teenage )?(?:children|kids|boys|girls|babies|infants|toddlers|teenagers|minors|schoolchildren|pupils))(?![\p{L}\p{N}])/giu,
  instead: 'a paper boat',
  reason: /child|minor|csam|underage|young/i,
}

/** Names that begin or end like this are places. */
export const ofPlaces =
  /^(?:The |New |Los |Las |San |Santa |Saint |St\.? |Mount |Lake |River |North|South|East|West|Great |Grand |United |Middle |Central |Cape |Rio |Buenos |Tel |Hong |Addis |Kuala |Sri |Costa |El )|(?:Street|River|Sea|Ocean|Lake|Mountains?|Desert|Islands?|Bay|Valley|Forest|Falls|Bridge|Tower|Park|Square|City|Republic|Kingdom|Empire|Age|Century|Way)$/u
