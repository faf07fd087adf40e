import { describe, expect, it } from 'vitest'
import { inboxOwnerOf, inboxVideoId, manifestOf, readInbox } from '../../core/inbox.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
/** 'line: script', or 'line! error'. */
const read = (name: string, text: string) =>
  readInbox(name, utf8(text)).map((item) =>
    'request' in item ? `${item.line}: ${item.request.script}` : `${item.line}! ${item.error}`,
  )
const first = (name: string, text: string) => {
  const [item] = readInbox(name, utf8(text))
  return item && 'request' in item ? item.request : item
}

describe('a dropped file', () => {
  it('.txt is one script, whatever its line ends and its mark', () => {
    expect(read('inbox/ann/a.TXT', '\uFEFFHello.\r\nYou there.')).toEqual(['1: Hello.\r\nYou there.'])
  })

  it('.json is a request or a list of them', () => {
    expect(read('a.json', '{"script": "One."}')).toEqual(['1: One.'])
    expect(read('a.json', '[{"script": "One."}, 7, {"scrip": "x"}]')).toEqual([
      '1: One.',
      '2! the request: must be an object with fields (it is 7)',
      expect.stringMatching(/^3! .*scrip: no such field; the nearest is 'script'/),
    ])
  })

  it('.jsonl is a request a line, and a bad line stops no other', () => {
    const text = '{"script": "One."}\r\n\r\n{"script": \n{"script": "Four."}\n'
    expect(read('a.jsonl', text)).toEqual(['1: One.', expect.stringMatching(/^3! it is not JSON/), '4: Four.'])
  })

  it('.csv is a request a row, its cells read as what their fields are', () => {
    const text = [
      'Title;SCRIPT;key words;scenes;max_cost_usd;hls;captions;captions.size;models.preset;progressBar',
      'Goats;"Two; ""goats"".\nThey walk.";hill, goat;2;0.5;yes;karaoke;large;thrifty;"{""edge"": ""top""}"',
    ]
    expect(first('a.csv', `\uFEFF${text.join('\r\n')}\r\n`)).toMatchObject({
      title: 'Goats',
      script: 'Two; "goats".\nThey walk.',
      keywords: ['hill', 'goat'],
      scenes: 2,
      maxCostUsd: 0.5,
      hls: true,
      captions: { look: 'karaoke', size: 'large' },
      models: { preset: 'thrifty' },
      progressBar: { edge: 'top' },
    })
  })

  it('.csv: a bad row stops no other', () => {
    const rows = [
      'title,script,fps',
      'a,One.,30',
      'b,"Two"x,30',
      ',,',
      'c,"Three',
      'd,Four.,abc',
      'e,Five.,30,6',
      'f,Six.,',
    ]
    expect(read('a.csv', rows.join('\n'))).toEqual([
      '2: One.',
      expect.stringMatching(/^3! its double quotes do not pair up/),
      expect.stringMatching(/^5! its double quotes do not pair up/),
      expect.stringMatching(/^6! fps: .*it is "abc"/),
      expect.stringMatching(/^7! it has 4 cells and the header 3/),
      '8: Six.',
    ])
  })

  it.each([
    ['a.csv', 'titel,script\na,b', "column 'titel': no such field; the nearest is 'title'"],
    ['a.csv', 'script,Script\na,b', "column 'script': stands there twice"],
    ['a.csv', 'script,\na,b', 'a column has no name'],
    ['a.csv', '"script\na', 'it has no header row'],
    ['a.csv', 'script\n', 'there is no request in it'],
    ['a.json', '{"script": ', 'it is not JSON'],
    ['a.json', '[]', 'there is no request in it'],
    ['a.txt', ' \n', 'it is empty'],
    ['a.txt', 'H\0i\0', 'it has zero bytes'],
    ['a.pdf', '%PDF', '.pdf is nothing we read; drop one of .txt, .json, .jsonl, .csv'],
    ['README', 'x', 'a name without an extension'],
    ['a.jsonl', '{}\n'.repeat(1001), 'it has more than 1,000 requests; split it'],
    ['a.txt', 'x'.repeat(2_000_001), 'it has 2.0 MB and the limit is 2 MB'],
  ])('%s that cannot be used at all is one line: %j', (name, text, message) => {
    expect(() => read(name, text)).toThrow(message)
  })

  it('is UTF-8 or is told so', () => {
    expect(() => readInbox('a.txt', new Uint8Array([0xff, 0xfe, 0x48, 0]))).toThrow(
      'it is UTF-16 text; save it as UTF-8',
    )
    expect(() => readInbox('a.txt', new Uint8Array([0x47, 0xfc, 0x6e]))).toThrow('it is not UTF-8 text')
  })

  it('with more lines than anybody may send is not read to its end', () => {
    const text = `title,script\n${'"x\n'.repeat(600_000)}`
    expect(() => read('a.csv', text)).toThrow('more than 1,000')
  })
})

describe('what the inbox says of a file', () => {
  const file = { bucket: 'uploads', key: 'inbox/ann/a.csv', versionId: 'v1' }

  it('ids differ by every part and are the same for the same', () => {
    const variants = [{ bucket: 'b' }, { key: 'k' }, { versionId: 'v2' }].map((part) =>
      inboxVideoId({ ...file, ...part }, 1),
    )
    const ids = new Set([inboxVideoId(file, 1), inboxVideoId(file, 2), ...variants])
    expect(ids.size).toBe(5)
    expect(inboxVideoId(file, 1)).toBe(inboxVideoId({ ...file }, 1))
    expect(inboxVideoId(file, 1)).toMatch(/^vid_[\w-]{22}$/)
  })

  it('its folder is its owner', () => {
    expect(inboxOwnerOf('inbox/ann/deep/a.csv')).toBe('ann')
    expect(inboxOwnerOf('inbox/a.csv')).toBe('inbox')
    expect(() => inboxOwnerOf('inbox/../a.csv')).toThrow("the folder '..' is nobody's")
    expect(() => inboxOwnerOf('owners/ann/a.csv')).toThrow('is not in the inbox')
  })

  it('counts what came of its lines', () => {
    const entries = [
      { line: 2, ok: true as const, videoId: 'vid_a' },
      { line: 3, ok: false as const, error: 'no' },
    ]
    expect(manifestOf(file, '2026-11-23T05:00:00.000Z', { entries })).toEqual({
      file: 'inbox/ann/a.csv',
      versionId: 'v1',
      at: '2026-11-23T05:00:00.000Z',
      counts: { requests: 2, accepted: 1, refused: 1 },
      entries,
    })
  })
})
