// Every place a picture can be set in, by name.
import type { Backdrop } from './backdrop.ts'
import { blackhole, dream, openAir, space } from './beyond.ts'
import { polar, volcano } from './extremes.ts'
import { farm, forest, meadow, mountain, road } from './land.ts'
import { castle, cave, ruins } from './old.ts'
import { hospital, kitchen, laboratory, library, office, room } from './rooms.ts'
import { concert, stadium } from './shows.ts'
import { circuit, map, market } from './signs.ts'
import { town } from './square.ts'
import { city, desert } from './town.ts'
import { ocean, underwater } from './water.ts'

export const backdrops = {
  meadow,
  farm,
  forest,
  mountain,
  volcano,
  polar,
  road,
  ocean,
  underwater,
  city,
  town,
  desert,
  castle,
  ruins,
  cave,
  room,
  library,
  laboratory,
  kitchen,
  hospital,
  office,
  concert,
  stadium,
  sky: openAir,
  space,
  blackhole,
  dream,
  market,
  circuit,
  map,
} as const satisfies Record<string, Backdrop>

export type BackdropName = keyof typeof backdrops
