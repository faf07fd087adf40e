import { describe, expect, test } from 'vitest'
import { moodOf } from '../../core/mood.ts'

describe('the mood of a script', () => {
  test.each([
    ['The army marched on the last kingdom, and every warrior knew the battle would become a legend.', 'en', 'epic'],
    [
      'Nobody knows who hid the secret room. At midnight, strange shadows vanished into the cellar.',
      'en',
      'mysterious',
    ],
    ['Three silly penguins slip on a banana, giggle, and bounce down the hill. What a joke!', 'en', 'playful'],
    ['She dared to dream. Her courage turned hope into success, and the future began.', 'en', 'uplifting'],
    ['Breathe in. The lake is quiet, snow falls on the forest, and everything slows down.', 'en', 'calm'],
    ['My grandmother baked bread every Sunday, and the whole family met in her kitchen.', 'en', 'warm'],
    ['Das Geheimnis des verschwundenen Schatzes: Um Mitternacht ging ein Geist um.', 'de', 'mysterious'],
    ['Le lac est calme, la neige tombe, et la forêt respire doucement.', 'fr', 'calm'],
    ['El guerrero cruzó el reino para la última batalla contra el dragón.', 'es-MX', 'epic'],
    ['O sucesso começa com coragem, esperança e um sonho.', 'pt-BR', 'uplifting'],
    ['いたずらな子猫が笑いながら遊んでいます。', 'ja', 'playful'],
    ['午夜,一个古老的秘密消失在阴影里。', 'zh-Hans', 'mysterious'],
    ['सफलता का सपना साहस से सच होता है।', 'hi', 'uplifting'],
  ])('of “%s” (%s) is %s', (script, language, mood) => {
    expect(moodOf(script, language)).toBe(mood)
  })

  test('is read whatever the case and however accents are composed', () => {
    expect(moodOf('BATTLE! THE WARRIOR! THE EMPIRE!', 'EN')).toBe('epic')
    expect(moodOf('La forêt est calme'.normalize('NFD'), 'fr')).toBe('calm')
  })

  test.each([
    ['', 'en'],
    ['The committee approved the minutes of the meeting.', 'en'],
    ['☕🎉', 'en'],
    ['Битва воинов за империю', 'ru'],
    ['battle warrior empire', ''],
  ])('is warm when nothing tells: “%s” (%s)', (script, language) => {
    expect(moodOf(script, language)).toBe('warm')
  })

  test('does not turn on one word in a long script', () => {
    const tax = 'You fill in the form and send it to the office before the end of the month. '.repeat(40)
    expect(moodOf(`${tax} It is a battle.`, 'en')).toBe('warm')
    expect(moodOf('It is a battle.', 'en')).toBe('epic')
  })

  test('counts only where a word begins', () => {
    expect(moodOf('The combattle and the unsecret misadreamed.', 'en')).toBe('warm')
  })
})
