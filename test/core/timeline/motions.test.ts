import { describe, expect, it } from 'vitest'
import type { Motion, View } from '../../../core/timeline.ts'
import { cardMotion, motionsOf, type ShownPicture } from '../../../core/timeline/motions.ts'

const made: ShownPicture = { kind: 'picture', key: 'p', isOwn: false }
const many = (scene: ShownPicture, seed = 1) =>
  motionsOf(
    Array.from({ length: 200 }, () => scene),
    'auto',
    seed,
  )
const kindsOf = (motions: Motion[]) => new Set(motions.map(({ kind }) => kind))
const viewsOf = (motions: Motion[]) => motions.flatMap(({ from, to }) => [from, to])

describe('motionsOf', () => {
  it('uses every kind, the same for the same seed and others for another', () => {
    const motions = many(made)
    expect(kindsOf(motions)).toEqual(
      new Set(['zoom-in', 'zoom-out', 'pan-left', 'pan-right', 'pan-up', 'pan-down', 'drift', 'rotate-zoom']),
    )
    expect(many(made)).toEqual(motions)
    expect(many(made, 2).map(({ kind }) => kind)).not.toEqual(motions.map(({ kind }) => kind))
  })

  it('stays within what pictures are drawn for', () => {
    for (const { zoom, rotateDeg = 0 } of viewsOf(many(made))) {
      expect(zoom).toBeGreaterThanOrEqual(1)
      expect(zoom).toBeLessThanOrEqual(rotateDeg === 0 ? 1.12 : 1.14)
    }
  })

  it('zooms far enough for what it turns, in the longest of the formats', () => {
    const turned = viewsOf(many(made)).filter(({ rotateDeg }) => rotateDeg !== undefined)
    expect(turned.length).toBeGreaterThan(10)
    for (const { zoom, rotateDeg } of turned) {
      const angle = (Math.abs(rotateDeg!) * Math.PI) / 180
      expect(zoom).toBeGreaterThanOrEqual(Math.cos(angle) + (16 / 9) * Math.sin(angle))
    }
  })

  it('really moves: a view always ends elsewhere in a picture of the frame’s shape than it began', () => {
    const centre = ({ zoom }: View, at: number) => Math.min(1 - 0.5 / zoom, Math.max(0.5 / zoom, at))
    for (const focus of [undefined, { x: 0, y: 0 }, { x: 0.2, y: 0.9 }])
      for (const { from, to } of many({ ...made, isOwn: focus !== undefined, focus })) {
        const moved = [
          from.zoom - to.zoom,
          centre(from, from.x) - centre(to, to.x),
          centre(from, from.y) - centre(to, to.y),
        ]
        expect(Math.max(...moved.map((by) => Math.abs(by)))).toBeGreaterThan(0.035)
      }
  })

  it('keeps a focus in the middle of the view, and across a pan', () => {
    const focus = { x: 0.3, y: 0.4 }
    const motions = many({ ...made, focus })
    const along = { x: ['pan-left', 'pan-right'], y: ['pan-up', 'pan-down'] }
    for (const axis of ['x', 'y'] as const) {
      const across = motions.filter(({ kind }) => !along[axis].includes(kind))
      expect(across.length).toBeGreaterThan(100)
      for (const view of viewsOf(across)) expect(Math.abs(view[axis] - focus[axis])).toBeLessThan(0.04)
    }
  })

  it("pans over no picture of the user's that has a focus: of a wide one it could lose it", () => {
    const own = { ...made, isOwn: true }
    expect(kindsOf(many({ ...own, focus: { x: 0.9, y: 0.5 } }))).toEqual(
      new Set(['zoom-in', 'zoom-out', 'drift', 'rotate-zoom']),
    )
    expect(kindsOf(many(own))).toContain('pan-left')
  })

  it.each(['contain', 'blur'] as const)('moves little when all of a picture is to be seen: %s', (fit) => {
    const motions = many({ ...made, fit, focus: { x: 0, y: 0 } })
    expect(kindsOf(motions)).toEqual(new Set(['zoom-in', 'zoom-out', 'drift']))
    for (const { zoom, x, y } of viewsOf(motions)) {
      expect(zoom).toBeLessThanOrEqual(1.05)
      expect(Math.hypot(x - 0.5, y - 0.5)).toBeLessThan(0.03)
    }
  })

  it('stands still when asked to, with the focus in view', () => {
    const focus = { x: 0.2, y: 0.7 }
    const view = { zoom: 1, ...focus }
    expect(motionsOf([{ ...made, focus }], 'still', 1)).toEqual([{ kind: 'still', from: view, to: view }])
  })

  it('gives most scenes the motion that they had when another scene changes', () => {
    const scenes = Array.from({ length: 40 }, () => made)
    const before = motionsOf(scenes, 'auto', 7)
    const after = motionsOf(scenes.with(20, { ...made, isOwn: true, focus: { x: 0, y: 0 } }), 'auto', 7)
    expect(after.slice(0, 20)).toEqual(before.slice(0, 20))
    expect(after.slice(30)).toEqual(before.slice(30))
  })
})

describe('cardMotion', () => {
  it('is gentle, and not what the scenes beside it have', () => {
    const still = { zoom: 1, x: 0.5, y: 0.5 }
    const near = (['zoom-in', 'drift'] as const).map((kind) => ({ kind, from: still, to: still }))
    for (let seed = 0; seed < 20; seed++) expect(cardMotion(made, 'auto', near, seed).kind).toBe('zoom-out')
  })
})
