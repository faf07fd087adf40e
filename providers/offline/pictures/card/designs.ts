// How each style sets words: as data, so that a style is read at a glance.
import type { CaptionFontId, StyleId } from '../../../../core/catalog.ts'

/** Sizes are shares of the em. */
export type Design = {
  face: CaptionFontId
  capitals?: boolean
  colour: string
  /** What lies behind the words: a soft darkening or lightening, a sheet, or a box with an outline. */
  veil:
    | { kind: 'soft'; colour: string; strength: number }
    | { kind: 'sheet'; colour: string; edge: string }
    | { kind: 'box'; colour: string; edge: string; shadow: string }
  ornament: 'diamond' | 'bar' | 'brackets' | 'frame' | 'brush' | 'dots' | 'none'
  accent: string
  edge?: { colour: string; width: number }
  glow?: { colour: string; reach: number }
  cast?: { colour: string; depth: number; lean: number }
  ghosts?: { colour: string; x: number }[]
  tiltDegrees?: number
}

export const designs: Record<StyleId, Design> = {
  'warm-fable': {
    face: 'dm-serif',
    colour: '#fff3dc',
    veil: { kind: 'soft', colour: '#2c1020', strength: 0.72 },
    ornament: 'diamond',
    accent: '#ffcf8a',
    glow: { colour: '#1c0a14', reach: 0.25 },
  },
  'realistic-action-art': {
    face: 'anton',
    capitals: true,
    colour: '#ffffff',
    veil: { kind: 'soft', colour: '#02080e', strength: 0.74 },
    ornament: 'bar',
    accent: '#ff8a1f',
    glow: { colour: '#000000', reach: 0.3 },
    tiltDegrees: 3,
  },
  'bw-sketch': {
    face: 'dm-serif',
    colour: '#232327',
    veil: { kind: 'soft', colour: '#f6f4ef', strength: 0.94 },
    ornament: 'brush',
    accent: '#3a3a3f',
  },
  'comic-noir': {
    face: 'bangers',
    capitals: true,
    colour: '#ffffff',
    veil: { kind: 'box', colour: '#060606', edge: '#ffffff', shadow: '#d6122c' },
    ornament: 'none',
    accent: '#d6122c',
    tiltDegrees: 3,
  },
  'retro-noir': {
    face: 'dm-serif',
    colour: '#f6f2e6',
    veil: { kind: 'soft', colour: '#000000', strength: 0.78 },
    ornament: 'frame',
    accent: '#d9d4c4',
    glow: { colour: '#000000', reach: 0.25 },
  },
  'medieval-painting': {
    face: 'dm-serif',
    colour: '#4a1710',
    veil: { kind: 'sheet', colour: '#f0e0b8', edge: '#a87a24' },
    ornament: 'diamond',
    accent: '#a3261f',
  },
  anime: {
    face: 'montserrat',
    colour: '#ffffff',
    veil: { kind: 'soft', colour: '#16205e', strength: 0.55 },
    ornament: 'bar',
    accent: '#ffd84a',
    edge: { colour: '#1c1f5c', width: 0.14 },
  },
  'hyper-realistic': {
    face: 'montserrat',
    colour: '#ffffff',
    veil: { kind: 'soft', colour: '#05080b', strength: 0.7 },
    ornament: 'bar',
    accent: '#e8cfa0',
    glow: { colour: '#000000', reach: 0.25 },
  },
  '3d-cartoon': {
    face: 'montserrat',
    colour: '#ffffff',
    veil: { kind: 'soft', colour: '#2a1a6a', strength: 0.42 },
    ornament: 'dots',
    accent: '#ffd23f',
    cast: { colour: '#5a35c8', depth: 0.1, lean: 0 },
    edge: { colour: '#5a35c8', width: 0.12 },
  },
  caricature: {
    face: 'bangers',
    colour: '#2a2230',
    veil: { kind: 'soft', colour: '#fffaf0', strength: 0.93 },
    ornament: 'brush',
    accent: '#d4573c',
    tiltDegrees: 2,
  },
  'modern-abstract': {
    face: 'anton',
    capitals: true,
    colour: '#14213d',
    veil: { kind: 'box', colour: '#f1faee', edge: '#f1faee', shadow: '#e63946' },
    ornament: 'none',
    accent: '#e63946',
  },
  'ink-sketch': {
    face: 'dm-serif',
    colour: '#22140b',
    veil: { kind: 'soft', colour: '#faf4e6', strength: 0.93 },
    ornament: 'brush',
    accent: '#7a3b1c',
  },
  'comic-book': {
    face: 'bangers',
    capitals: true,
    colour: '#0b0a14',
    veil: { kind: 'box', colour: '#ffe14d', edge: '#0b0a14', shadow: '#e8262b' },
    ornament: 'none',
    accent: '#e8262b',
    tiltDegrees: 3,
  },
  'retro-anime': {
    face: 'dm-serif',
    colour: '#fff1e0',
    veil: { kind: 'soft', colour: '#3a1c38', strength: 0.62 },
    ornament: 'bar',
    accent: '#ff9eb0',
    cast: { colour: '#7a2f5a', depth: 0.05, lean: 1 },
  },
  cyberpunk: {
    face: 'montserrat',
    capitals: true,
    colour: '#eafcff',
    veil: { kind: 'soft', colour: '#05020f', strength: 0.74 },
    ornament: 'brackets',
    accent: '#ff2fd0',
    glow: { colour: '#19d8ff', reach: 0.45 },
    ghosts: [
      { colour: '#ff2fd0', x: -0.025 },
      { colour: '#19d8ff', x: 0.025 },
    ],
  },
}
