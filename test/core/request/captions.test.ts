import { describe, expect, it } from 'vitest'
import { captionOptionsOf } from '../../../core/request/captions.ts'
import { parseRequest } from '../../../core/video.ts'
import { wordsOf } from '../../../core/words.ts'

const script = 'Coffee, they say: coffee! A coffee house — like Kaldi’s — opened. The COFFEE HOUSE closed.'

function optionsOf(wishes: object, text = script, language = 'en') {
  return captionOptionsOf(parseRequest({ script: text, ...wishes }), wordsOf(text, language))
}
const emphasised = (emphasis: unknown, text = script, language = 'en') => {
  const words = wordsOf(text, language)
  return optionsOf({ captions: { emphasis } }, text, language)?.emphasised?.map((index) => words[index]!.text)
}

describe('captionOptionsOf', () => {
  it('takes a look by its name, or with more about it', () => {
    expect(optionsOf({})).toEqual({ look: 'highlight' })
    expect(optionsOf({ captions: 'karaoke' })).toEqual({ look: 'karaoke' })
    const captions = { look: 'pop', position: 'top', size: 'large', colour: '#ffffff', upperCase: true }
    const { upperCase: isUpperCase, ...others } = captions
    expect(optionsOf({ captions })).toEqual({ ...others, isUpperCase })
  })

  it('draws nothing for the look none, whatever else is asked for', () => {
    expect(optionsOf({ captions: 'none' })).toBeUndefined()
    expect(optionsOf({ captions: { look: 'none', size: 'large', emphasis: true } })).toBeUndefined()
  })

  it('finds words in any case and with any punctuation', () => {
    expect(emphasised(['COFFEE'])).toEqual(['Coffee,', 'coffee!', 'coffee', 'COFFEE'])
    expect(emphasised(["Kaldi's"])).toEqual(['Kaldi’s\u00A0—'])
  })

  it('finds phrases as a whole only', () => {
    expect(emphasised(['coffee house'])).toEqual(['coffee', 'house\u00A0—', 'COFFEE', 'HOUSE'])
    expect(emphasised(['coffee closed', 'hous', 'cof'])).toBeUndefined()
  })

  it('finds words where no spaces are', () => {
    expect(emphasised(['コーヒー豆'], '山羊はコーヒー豆を食べた。', 'ja')).toEqual(['コーヒー', '豆を'])
    expect(emphasised(['咖啡馆'], '山羊找到了咖啡馆。', 'zh')?.join('')).toContain('咖啡馆')
  })

  it('emphasises the keywords for true, and nothing for false or for what has no letters', () => {
    const keywords = ['house', 'goat']
    expect(optionsOf({ keywords, captions: { emphasis: true } })?.emphasised).toHaveLength(2)
    expect(optionsOf({ keywords, captions: { emphasis: false } })).toEqual({ look: 'highlight' })
    expect(emphasised(['—', '?!'])).toBeUndefined()
  })
})
