import { describe, expect, it } from 'vitest'
import { softenByRule } from '../../core/soften.ts'

const soften = (prompt: string, reason = 'moderation_blocked', text = '') => softenByRule({ prompt, text, reason })

describe('softenByRule', () => {
  it.each([
    ['A soldier with a rifle on a bloody battlefield.', /soldier|rifle|blood|battle/i],
    ['Two warriors fight with swords; one is killed.', /warrior|fight|sword|kill/i],
    ['The bomb explodes over the city, corpses everywhere.', /bomb|explod|corpse/i],
    ['A general stands over the dead body with blood on his sword.', /dead|body|blood|sword/i],
    ['The assassin shoots President John F. Kennedy in New York.', /assassin|shoot|Kennedy|John/i],
    ['A naked woman and a bag of cocaine.', /naked|cocaine/i],
    ['He committed suicide with a gun during World War II.', /suicide|gun|war\b/i],
    ['The MURDERER wipes the knife.', /murder|knife/i],
    ['A terrorist holds hostages at gunpoint with guns.', /terrorist|hostage|guns/i],
  ])('%s', (prompt, loaded) => {
    const soft = soften(prompt)
    expect(soft).not.toMatch(loaded)
    expect(soft).toMatch(/^A quiet, symbolic, family-friendly scene about /)
    expect(soft).not.toMatch(/\b(?:an?|the|his|their) an? /)
  })

  it('keeps what is harmless, also words that only begin like a loaded one', () => {
    const soft = soften('A warm goat in a skilled gunmetal drawer beside a warden, and a war.')
    expect(soft).toContain('a warm goat in a skilled gunmetal drawer beside a warden, and a distant storm.')
  })

  it('takes children out of what is loaded, and leaves them where nothing is', () => {
    expect(soften('A little girl stands before a tank.')).not.toMatch(/girl|tank/)
    expect(soften('A little girl feeds a goat.')).toContain('a little girl feeds a goat')
    expect(soften('A little girl feeds a goat.', 'may show a minor')).not.toContain('girl')
  })

  it('takes names out, but no places', () => {
    expect(soften('Ada Lovelace writes at a desk in New York.')).toContain(
      'somebody seen from behind writes at a desk in New York',
    )
    expect(soften('A war room with Ada Lovelace', 'a real person')).not.toContain('Lovelace')
  })

  it.each([
    'Ein Soldat mit einem Gewehr steht im Blut auf dem Feld und die anderen sind tot.',
    '兵士が銃を持って血だらけの戦場に立っている。',
    'الجندي يحمل بندقية في ساحة المعركة',
    '',
    '   ',
    '!!!',
  ])('shows something neutral for %j', (prompt) => {
    expect(soften(prompt)).toMatch(/^A quiet, symbolic, family-friendly scene about a path/)
  })

  it('takes the words of the scene where there is no prompt', () => {
    expect(soften('', 'refused', 'Goats dance on a hill.')).toContain('Goats dance on a hill')
  })

  it('never gives back what was refused, and stays soft and short when done again', () => {
    for (const prompt of ['A goat on a hill.', 'A gun. '.repeat(400), 'Killers'.repeat(300)]) {
      const once = soften(prompt)
      const twice = soften(once)
      expect(once).not.toBe(prompt)
      expect(twice.split('family-friendly')).toHaveLength(2)
      expect(twice.length).toBeLessThan(3500)
    }
  })
})
