// Light by the time of day.
import { pickFrom, type Random } from '../draw/random.ts'
import { hours } from './hours.ts'
import { moods } from './moods.ts'
import type { Palette } from './palette.ts'

const palettes = { ...hours, ...moods }
export type TimeOfDay = keyof typeof palettes

export const paletteFor = (time: TimeOfDay, random: Random): Palette => pickFrom(palettes[time], random)

/** Times in which stars and windows shine. */
export const isDark = (time: TimeOfDay): boolean => DARK.has(time)
const DARK: ReadonlySet<TimeOfDay> = new Set(['night', 'neon', 'space', 'abyss', 'ember'])
