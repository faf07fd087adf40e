import { describe, expect, test } from 'vitest'
import { captionsAssOf } from '../../../core/captions.ts'
import { boundsOf, captioned, cardScene, draw, type Picture, range } from './draw.ts'

const formats = [
  { width: 270, height: 480 },
  { width: 480, height: 270 },
  { width: 270, height: 270 },
]

describe('a card', () => {
  const portrait = { width: 360, height: 640, fps: 30 }

  test.each([
    ['en', 'The Surprising History of Coffee', 'How a goatherd changed the mornings of the world'],
    ['de', 'Donaudampfschifffahrtsgesellschaftskapitänsmütze', 'x'.repeat(120)],
    ['ar', 'تاريخ القهوة المدهش من إثيوبيا إلى العالم', 'قصة'],
    ['ja', 'コーヒーの驚くべき歴史とその世界への旅', '羊飼いと山羊の物語'],
    ['th', 'ประวัติศาสตร์อันน่าทึ่งของกาแฟ', undefined],
  ])('in %s has its text in the middle of the frame, well inside it', (language, heading, line) => {
    for (const { width, height } of formats) {
      const size = { width, height, fps: 30 }
      const card = cardScene(line === undefined ? { heading } : { heading, line }, 0, 59)
      const timeline = { ...captioned('', language, size), durationFrames: 60, scenes: [card] }
      const { seen } = draw(captionsAssOf(timeline)!, size, [30], (picture) => boundsOf(picture, size))
      const { left, right, head, foot } = seen[0]!
      expect(left).toBeGreaterThanOrEqual(width * 0.08)
      expect(right).toBeLessThanOrEqual(width * 0.92)
      expect(head).toBeGreaterThanOrEqual(height * 0.1)
      expect(foot).toBeLessThanOrEqual(height * 0.9)
      expect(Math.abs((left + right) / 2 / width - 0.5)).toBeLessThan(0.015)
      expect(Math.abs((head + foot) / 2 / height - 0.5)).toBeLessThan(0.05)
      expect(right - left).toBeGreaterThan(width * 0.4)
    }
  })

  test.each([1, 2, 5, 20, 90])('of %i frames is seen on each of them and on no other', (count) => {
    const timeline = {
      ...captioned('', 'en', portrait),
      durationFrames: count + 20,
      scenes: [cardScene({ heading: 'Coffee', line: 'A story' }, 10, 9 + count)],
    }
    const { seen } = draw(captionsAssOf(timeline)!, portrait, range(count + 20), brightest)
    expect(seen.map((level) => level > 20)).toEqual(range(count + 20).map((frame) => frame >= 10 && frame < 10 + count))
    if (count < 90) return
    expect(seen[10]).toBeLessThan(150)
    expect(seen[10 + 12]).toBe(255)
    expect(seen[9 + count]).toBeLessThan(100)
  })
})

function brightest(picture: Picture): number {
  let most = 0
  for (let at = 0; at < picture.length; at += 4) most = Math.max(most, picture[at]!)
  return most
}
