// The bench's film as a Remotion composition: React without JSX. Copied to where Remotion is installed.
import { createElement, useEffect, useState } from 'react'
import {
  AbsoluteFill,
  Audio,
  Composition,
  continueRender,
  delayRender,
  Easing,
  Img,
  interpolate,
  registerRoot,
  Sequence,
  staticFile,
  useCurrentFrame,
  useVideoConfig,
} from 'remotion'

const MUSIC_VOLUME = 0.2

function Film({ scenes, captions, fps }) {
  useFont()
  const frames = (seconds) => Math.round(seconds * fps)
  return createElement(
    AbsoluteFill,
    { style: { backgroundColor: 'black' } },
    ...scenes.map((scene, index) => {
      const from = frames(scene.start - scene.crossfade / 2)
      const until = frames(scene.end + (scenes[index + 1]?.crossfade ?? 0) / 2)
      const fadeFrames = frames(scene.crossfade)
      const seen = createElement(Scene, { ...scene, frames: until - from, fadeFrames })
      return createElement(Sequence, { key: scene.start, from, durationInFrames: until - from }, seen)
    }),
    createElement(Captions, { captions, fps }),
    createElement(Audio, { src: staticFile('voice.wav') }),
    createElement(Audio, { src: staticFile('music.wav'), loop: true, volume: MUSIC_VOLUME }),
  )
}

function Scene({ picture, from, to, frames, fadeFrames }) {
  const frame = useCurrentFrame()
  const { width, height } = useVideoConfig()
  const progress = interpolate(frame, [0, Math.max(1, frames - 1)], [0, 1], { easing: Easing.inOut(Easing.sin) })
  const between = (name, absent) => {
    const a = from[name] ?? absent
    return a + ((to[name] ?? absent) - a) * progress
  }
  const opacity = fadeFrames > 0 ? interpolate(frame, [0, fadeFrames], [0, 1], { extrapolateRight: 'clamp' }) : 1
  const zoom = between('zoom', 1)
  // The picture covers the frame; a view's centre comes to the frame's.
  const place = [
    `translate(${(0.5 - between('x', 0.5)) * width * zoom}px, ${(0.5 - between('y', 0.5)) * height * zoom}px)`,
    `rotate(${-between('rotateDeg', 0)}deg)`,
    `scale(${zoom})`,
  ].join(' ')
  const style = { width: '100%', height: '100%', objectFit: 'cover', transform: place }
  return createElement(AbsoluteFill, { style: { opacity } }, createElement(Img, { src: staticFile(picture), style }))
}

function Captions({ captions, fps }) {
  const seconds = useCurrentFrame() / fps
  const { height } = useVideoConfig()
  const caption = captions.find(({ start, end }) => seconds >= start && seconds < end)
  if (!caption) return null
  const spoken = caption.words.findLast(({ start }) => seconds >= start)
  const style = {
    position: 'absolute',
    bottom: '15%',
    width: '100%',
    padding: '0 10%',
    boxSizing: 'border-box',
    textAlign: 'center',
    font: `800 ${height * 0.045}px Captions`,
    color: 'white',
    WebkitTextStroke: '8px black',
    paintOrder: 'stroke fill',
  }
  const words = caption.words.map((word) =>
    createElement(
      'span',
      { key: word.start, style: { color: word === spoken ? '#ffd400' : 'white' } },
      `${word.text} `,
    ),
  )
  return createElement('div', { style }, words)
}

function useFont() {
  const [handle] = useState(() => delayRender('font'))
  useEffect(() => {
    const face = new FontFace('Captions', `url(${staticFile('captions.ttf')})`)
    const load = async () => {
      await face.load()
      document.fonts.add(face)
      continueRender(handle)
    }
    void load()
  }, [handle])
}

registerRoot(() =>
  createElement(Composition, {
    id: 'film',
    component: Film,
    calculateMetadata: ({ props: { width, height, fps, seconds } }) => ({
      width,
      height,
      fps,
      durationInFrames: Math.round(seconds * fps),
    }),
    defaultProps: { width: 1080, height: 1920, fps: 30, seconds: 1, scenes: [], captions: [] },
    width: 1080,
    height: 1920,
    fps: 30,
    durationInFrames: 30,
  }),
)
