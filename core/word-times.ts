// When each word of the script is said: from the times of what a service says or hears, checked against the sound, or
// estimated within it. All in whole milliseconds from the sound's start.
export { timesFromCharacters } from './word-times/characters.ts'
export { timesFromHeard } from './word-times/heard.ts'
export { agreesWith } from './word-times/agreement.ts'
export { estimateWithin } from './word-times/estimate.ts'
export { silencesOf, soundingSpanOf } from './word-times/sounding.ts'
