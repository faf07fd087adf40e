import { describe, expect, it } from 'vitest'
import { parseRequest } from '../../core/video.ts'

const wrong = (request: unknown) => {
  try {
    parseRequest(request)
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`
  }
  return 'accepted'
}

describe('parseRequest', () => {
  it('fills in everything that a script alone leaves open', () => {
    expect(parseRequest({ script: 'A goat.' })).toEqual({
      script: 'A goat.',
      format: '9:16',
      style: 'warm-fable',
      voice: 'clara',
      captions: 'highlight',
      music: 'auto',
      scenes: 'auto',
      keywords: [],
      negativeKeywords: [],
      transition: 'auto',
      motion: 'auto',
      soundEffects: false,
      titleCard: false,
      progressBar: false,
      resolution: '1080p',
      fps: 30,
      codec: 'h264',
      quality: 'standard',
      hls: false,
    })
  })

  it.each([
    [{ style: 'Comic Noir' }, { style: 'comic-noir' }],
    [{ style: 'B&W Sketch' }, { style: 'bw-sketch' }],
    [{ voice: 'lulu lollipop' }, { voice: 'jessica' }],
    [{ voice: 'SHELBY' }, { voice: 'sarah' }],
    [{ resolution: '4K' }, { resolution: '4k' }],
    [
      { resolution: '2160p', codec: 'H.265' },
      { resolution: '4k', codec: 'hevc' },
    ],
    [{ transition: 'Dip to black' }, { transition: 'dip' }],
    [{ transition: 'fade' }, { transition: 'crossfade' }],
    [{ captions: 'Pop' }, { captions: 'pop' }],
    [{ captions: {} }, { captions: { look: 'highlight' } }],
    [{ captions: { look: 'None', size: 'Large' } }, { captions: { look: 'none', size: 'large' } }],
    [{ progressBar: { edge: 'Top' } }, { progressBar: { edge: 'top' } }],
    [{ titleCard: ' A \n goat ' }, { titleCard: 'A goat' }],
    [{ scenes: [{ clip: 'a.mp4', clipFromSeconds: 1.5, clipPlay: 'Loop', fit: 'Contain' }] }, {}],
  ])("takes the original's names, and any case: %j", (given, meant) => {
    expect(parseRequest({ script: 'A goat.', ...given })).toMatchObject(meant)
  })

  it.each([
    [{ format: '9:17' }, /^InputError: format: '9:17' .*nearest is '9:16'/],
    [{ voice: 'sara' }, /voice: 'sara' .*nearest is 'sarah'/],
    [{ musik: 'calm' }, /musik: no such field; the nearest is 'music'/],
    [{ scenes: [{ txt: 'a' }] }, /scenes\.0\.txt: no such field; the nearest is 'text'/],
    [{ scenes: 0 }, /scenes: must be a whole number from 1 to 120 \(it is 0\)/],
    [{ scenes: 'many' }, /scenes: must be 'auto', a whole number or a list/],
    [{ seed: 1.5 }, /seed: must be a whole number/],
    [{ webhookUrl: 'ftp://a.example' }, /webhookUrl: must be an https address/],
    [{ language: 'English!' }, /language: must be a BCP 47 tag/],
    [{ scenes: 1.5 }, /scenes: must be 'auto', a whole number or a list of scenes \(it is 1\.5\)/],
    [{ scenes: [] }, /scenes: must not be empty/],
    [{ scenes: [{ fit: 'blurr' }] }, /scenes\.0\.fit: 'blurr' is no fit we have; the nearest is 'blur'/],
    [{ scenes: [{ focus: { x: 2, y: 0 } }] }, /scenes\.0\.focus\.x: must be at most 1 \(it is 2\)/],
    [{ scenes: [{ focus: { x: 0, z: 0 } }] }, /scenes\.0\.focus\.z: no such field; the nearest is '[xy]'/],
    [{ scenes: [{ txt: 'a' }, { clipp: 'b' }] }, /scenes\.0\.txt: .*; scenes\.1\.clipp: .*nearest is 'clip'/],
    [{ scenes: [{ clip: 'a.mp4', picture: 'a.jpg' }] }, /scenes\.0\.clip: stands beside a picture; give one/],
    [{ scenes: [{ clipFromSeconds: 3 }] }, /scenes\.0\.clipFromSeconds: needs a 'clip' beside it \(it is 3\)/],
    [{ scenes: [{ picture: 'a.jpg', clipPlay: 'loop' }] }, /scenes\.0\.clipPlay: needs a 'clip'/],
    [{ scenes: [{ clip: 'a', clipPlay: 'lop' }] }, /scenes\.0\.clipPlay: 'lop' .*nearest is 'loop'/],
    [{ scenes: [{ clip: 'a', clipFromSeconds: -1 }] }, /scenes\.0\.clipFromSeconds: must be at least 0/],
    [{ captions: 'popp' }, /captions: 'popp' is no caption look we have; the nearest is 'pop'/],
    [{ captions: 7 }, /captions: must be a look \(highlight, .*\) or an object such as .* \(it is 7\)/],
    [{ captions: { lok: 'pop' } }, /captions\.lok: no such field; the nearest is 'look'/],
    [{ captions: { look: 'popp' } }, /captions\.look: 'popp' .*nearest is 'pop'/],
    [{ captions: { colour: 'red' } }, /captions\.colour: must be a colour such as '#ffd23f' \(it is "red"\)/],
    [{ captions: { emphasis: 'goat' } }, /captions\.emphasis: must be true, false or a list of words/],
    [{ captions: { emphasis: [''] } }, /captions\.emphasis\.0: must not be empty/],
    [{ transition: 'wip' }, /transition: 'wip' .*nearest is 'wipe'/],
    [{ motion: 'stil' }, /motion: 'stil' .*nearest is 'still'/],
    [{ titleCard: 3 }, /titleCard: must be true, false or a text in quotes \(it is 3\)/],
    [{ titleCard: 'x'.repeat(121) }, /titleCard: must have at most 120 characters/],
    [{ endCard: true }, /endCard: must be a text in quotes \(it is true\)/],
    [{ progressBar: 'yes' }, /progressBar: must be true, false or an object/],
    [{ progressBar: { egde: 'top' } }, /progressBar\.egde: no such field; the nearest is 'edge'/],
    [{ progressBar: { edge: 'left' } }, /progressBar\.edge: 'left' is no edge/],
    [{ fps: 29 }, /fps: must be one of 24, 25, 30, 50, 60; the nearest is 30 \(it is 29\)/],
    [{ fps: '30' }, /fps: must be one of 24, 25, 30, 50, 60 \(it is "30"\)/],
    [{ resolution: '1080' }, /resolution: '1080' .*nearest is '1080p'/],
    [{ resolution: 720 }, /resolution: must be one of 720p, 1080p, 1440p, 4k \(it is 720\)/],
    [{ codec: 'h265x' }, /codec: 'h265x' .*nearest is 'hevc'/],
    [{ quality: 'best' }, /quality: 'best' is no quality/],
    [{ hls: 'yes' }, /hls: must be true or false/],
    [{ media: {} }, /media: no such field/],
  ])('names the field, the rule and the value: %j', (given, message) => {
    expect(wrong({ script: 'A goat.', ...given })).toMatch(message)
  })

  it('wants one source of words', () => {
    expect(wrong({})).toMatch(/script: is missing/)
    expect(wrong({ script: 'a', topic: 'goats' })).toMatch(/topic: stands beside a script/)
    expect(wrong({ script: 'a', scenes: [{ text: 'b' }] })).toMatch(/script: is given twice/)
    expect(wrong({ scenes: [{ text: 'b' }, {}] })).toMatch(/scenes: 1 of 2 bring a text/)
  })

  it.each([[null], [[]], [7], ['script']])('refuses %j as a request in one line', (raw) => {
    expect(wrong(raw)).toMatch(/^InputError: the request: [^\n]+$/)
  })

  it('puts several mistakes on one line', () => {
    const message = wrong({ script: 'a', format: 'x', voice: 'x', seed: -1, scenes: 0, captions: 'x' })
    expect(message.split('\n')).toHaveLength(1)
    expect(message).toMatch(/and 2 more$/)
  })
})
