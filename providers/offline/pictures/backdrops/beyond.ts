// Away from the ground: sky, space, and the inner world of dreams and thought.
import { alpha, mix } from '../draw/colour.ts'
import { glow, shade, shine, softly } from '../draw/light.ts'
import { openSky, stars } from '../draw/sky.ts'
import { cumulus } from '../draw/sky.ts'
import { ridges, slope } from '../draw/terrain.ts'
import { curve, fractal } from '../draw/noise.ts'
import type { Stage } from '../stage.ts'
import type { Backdrop } from './backdrop.ts'

export const openAir: Backdrop = {
  times: ['day', 'dawn', 'golden', 'dusk', 'night', 'storm'],
  setting: 'air',
  stock: ['balloon', 'dove', 'kite'],
  draw(stage) {
    const { w, h, s, side, palette, random } = stage
    const high = { ...stage, horizon: h * 0.86, sun: { ...stage.sun, y: h * 0.3 } }
    openSky(high)
    ridges(stage, { top: h * 0.8, bottom: h * 0.88, count: 2, rough: 0.9, peak: 1.2 })
    for (let pile = 0; pile < 5; pile++)
      cumulus(
        stage,
        w * (pile / 4 + (random() - 0.5) * 0.1),
        h * (0.84 + random() * 0.06),
        s * (0.12 + random() * 0.14),
        s * 0.3,
        side,
        mix(palette.sky[1], palette.far, 0.4),
      )
    const floor = [mix(palette.sky[3], palette.sky[1], 0.35), mix(palette.sky[1], palette.far, 0.4)] as const
    for (let pile = 0; pile < 6; pile++)
      cumulus(
        { ...stage, palette: { ...palette, sky: [palette.sky[0], palette.sky[1], palette.sky[2], floor[0]] } },
        w * (pile / 5),
        h * 1.02,
        s * (0.1 + random() * 0.08),
        s * 0.4,
        side,
        floor[1],
      )
  },
}

export const space: Backdrop = {
  times: ['space'],
  setting: 'air',
  stock: ['rocket', 'ringed-planet', 'satellite'],
  draw(stage) {
    const { ctx, w, h, s, random, palette, side, tall } = stage
    shade(stage, 0, h, [...palette.sky])
    nebula(stage)
    stars(stage, h, 520)
    planet(stage, w * (0.5 + side * (tall ? 0.22 : 0.27)), h * (tall ? 0.2 : 0.3), s * (0.2 + random() * 0.08))
    shine(ctx, () => glow(ctx, w * (0.5 - side * 0.3), h * 0.1, s * 0.12, palette.sun, 0.8))
    ridges(stage, { top: h * 0.83, bottom: h * 0.93, count: 3, rough: 1.1, colours: [palette.far, palette.near] })
    for (let crater = 0; crater < 9; crater++) {
      ctx.fillStyle = alpha(crater % 2 ? palette.far : '#000000', 0.25)
      ctx.beginPath()
      ctx.ellipse(random() * w, h * (0.94 + random() * 0.05), s * (0.02 + random() * 0.05), s * 0.008, 0, 0, 7)
      ctx.fill()
    }
  },
}

/** A black hole before the stars: its shadow, the bent ring of light, the disc that whirls into it. */
export const blackhole: Backdrop = {
  times: ['space'],
  setting: 'air',
  stock: ['comet', 'star', 'rocket'],
  heroScale: 0.55,
  draw(stage) {
    const { ctx, w, h, s, palette, side, tall } = stage
    shade(stage, 0, h, [palette.near, ...palette.sky.slice(0, 3)])
    nebula(stage)
    stars(stage, h, 620)
    const [x, y] = [w * (0.5 + side * (tall ? 0.04 : 0.22)), h * (tall ? 0.24 : 0.36)]
    const r = s * (tall ? 0.15 : 0.13)
    shine(ctx, () => {
      glow(ctx, x, y, r * 4.5, palette.accent, 0.5)
      glow(ctx, x, y, r * 2.4, palette.light, 0.75)
    })
    ctx.save()
    ctx.translate(x, y)
    ctx.rotate(-side * 0.22)
    whirl(stage, r, Math.PI)
    ctx.fillStyle = '#030108'
    ctx.beginPath()
    ctx.arc(0, 0, r, 0, 7)
    ctx.fill()
    photonRing(stage, r)
    whirl(stage, r, 0)
    ctx.restore()
  },
}

/** Half of the disc: the far one is drawn before the shadow, the near one over it. */
function whirl({ ctx, palette, random }: Stage, r: number, from: number): void {
  shine(ctx, () => {
    ctx.lineCap = 'round'
    for (let band = 0; band < 70; band++) {
      const t = band / 70
      const reach = r * (1.3 + 2 * t)
      const start = from + random() * 0.5
      ctx.strokeStyle = alpha(mix('#fff4d6', mix(palette.light, palette.accent, 0.5), t ** 0.6), 0.75 * (1 - t) ** 1.4)
      ctx.lineWidth = r * (0.05 - 0.025 * t)
      ctx.beginPath()
      ctx.ellipse(0, 0, reach, reach * 0.16, 0, start, from + Math.PI - random() * 0.5)
      ctx.stroke()
    }
  })
}

function photonRing({ ctx, palette }: Stage, r: number): void {
  shine(ctx, () => {
    for (const [width, strength] of [
      [0.34, 0.18],
      [0.16, 0.4],
      [0.05, 1],
    ] as const) {
      ctx.strokeStyle = alpha(mix('#fff4d6', palette.light, 0.35), strength)
      ctx.lineWidth = r * width
      ctx.beginPath()
      ctx.arc(0, 0, r * 1.08, 0, 7)
      ctx.stroke()
    }
  })
}

function nebula(stage: Stage): void {
  const { ctx, w, h, s, random, palette } = stage
  const hues = [palette.light, palette.accent, palette.sky[3], mix(palette.accent, palette.light, 0.5)]
  shine(ctx, () => {
    for (let cloud = 0; cloud < 60; cloud++) {
      const t = cloud / 60
      const x = w * (0.5 + Math.sin(t * 5 + 1) * 0.4 * random())
      const y = h * (t * 0.9) + (random() - 0.5) * s * 0.3
      glow(ctx, x, y, s * (0.08 + random() * 0.25), hues[cloud % 4]!, 0.1)
    }
  })
}

function planet({ ctx, palette, random, side }: Stage, x: number, y: number, r: number): void {
  ctx.save()
  glow(ctx, x, y, r * 1.8, palette.accent, 0.4)
  const round = ctx.createRadialGradient(x - side * r * 0.4, y - r * 0.45, r * 0.1, x, y, r * 1.1)
  round.addColorStop(0, mix(palette.accent, '#ffffff', 0.5))
  round.addColorStop(0.45, mix(palette.accent, palette.far, 0.45))
  round.addColorStop(1, palette.near)
  ctx.fillStyle = round
  ctx.beginPath()
  ctx.arc(x, y, r, 0, 7)
  ctx.fill()
  ctx.clip()
  ctx.globalAlpha = 0.22
  for (let band = 0; band < 9; band++) {
    ctx.fillStyle = band % 2 ? palette.light : '#ffffff'
    ctx.beginPath()
    ctx.ellipse(x, y - r + (2 * r * (band + 0.5)) / 9, r * 1.2, r * 0.05 * (1 + random()), -0.25, 0, 7)
    ctx.fill()
  }
  ctx.restore()
}

export const dream: Backdrop = {
  times: ['dusk', 'night', 'dawn', 'space'],
  setting: 'air',
  stock: ['crystal-ball', 'crescent-moon', 'balloon'],
  draw(stage) {
    const { ctx, w, h, s, random, palette, floor } = stage
    shade(stage, 0, h, [
      palette.sky[0],
      palette.sky[1],
      palette.sky[2],
      mix(palette.sky[1], palette.near, 0.5),
      palette.near,
    ])
    stars(stage, h * 0.7, 180, 0.8)
    const [cx, cy] = [w / 2, floor - s * 0.3]
    softly(
      stage,
      s * 0.008,
      (layer) => {
        for (let ring = 0; ring < 16; ring++) {
          const noise = curve(random)
          const r = s * (0.2 + 0.055 * ring)
          layer.strokeStyle = alpha(
            mix(palette.light, ring % 2 ? palette.accent : palette.sky[3], 0.5),
            0.34 - ring * 0.016,
          )
          layer.lineWidth = s * (0.006 + 0.014 * random())
          layer.beginPath()
          for (let angle = 0; angle <= 6.3; angle += 0.05) {
            const wobble = r * (1 + 0.1 * fractal(noise, Math.sin(angle) * 1.5 + Math.cos(angle), 2))
            layer.lineTo(cx + Math.cos(angle) * wobble, cy + Math.sin(angle) * wobble * 0.9)
          }
          layer.stroke()
        }
      },
      { blend: 'screen' },
    )
    shine(ctx, () => glow(ctx, cx, cy, s * 0.55, palette.light, 0.6))
    slope(stage, h * 0.86, mix(palette.far, palette.near, 0.6), { lit: 0.2 })
    slope(stage, h * 0.92, palette.near, { lit: 0.1 })
  },
}
