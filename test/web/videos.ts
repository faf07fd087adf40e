// Videos as the API answers them, in the states that a page has to show.
import { VideoDetails } from '../../api/schemas/videos.ts'

export const ids = {
  made: 'vid_madexxxxxxxxxxxxxxxxxx',
  making: 'vid_makingxxxxxxxxxxxxxxxx',
}

const texts = ['The sea is old.', 'It was here before the land.', 'It will be here after us.']

export function finished(change: Partial<VideoDetails> = {}): VideoDetails {
  return VideoDetails.parse({
    id: ids.made,
    status: 'done',
    createdAt: '2026-11-19T10:00:00.000Z',
    title: 'The old sea',
    format: '9:16',
    style: 'cinematic',
    voice: 'clara',
    edition: 1,
    durationSeconds: 9,
    costUsd: 0.13,
    posterLink: '/media/poster.png?s=1',
    previewLink: '/media/preview.png?s=1',
    notices: [],
    request: { script: texts.join(' '), captions: 'highlight', language: 'en' },
    steps: stepsAs('done'),
    scenes: texts.map((text, index) => ({
      number: index + 1,
      text,
      prompt: `a picture of: ${text}`,
      startMs: index * 3000,
      endMs: (index + 1) * 3000,
      words: text
        .split(' ')
        .map((word, at) => ({ text: word, startMs: index * 3000 + at * 300, endMs: index * 3000 + at * 300 + 250 })),
      picture: { state: 'ready', kind: 'picture', isOwn: false, link: `/media/scene-${index + 1}.png?s=1` },
    })),
    bill: {
      currency: 'USD',
      totalUsd: 0.13,
      lines: [
        { stage: 'narrate', provider: 'elevenlabs', model: 'eleven_v3', unit: 'characters', units: 68, costUsd: 0.01 },
        ...[1, 2, 3].map((scene) => ({
          stage: 'illustrate',
          scene,
          provider: 'openai',
          model: 'gpt-image-2',
          unit: 'images',
          units: 1,
          costUsd: 0.04,
        })),
      ],
      unsettled: [{ stage: 'illustrate', scene: 2, provider: 'openai', estimateUsd: 0.04 }],
      failures: [],
    },
    findings: [
      { check: 'loudness', ok: true, measured: '-14.0 LUFS', wanted: '-14 ± 1 LUFS' },
      { check: 'black', ok: false, measured: '0.30 s', wanted: 'at most 0.1 s' },
    ],
    links: Object.fromEntries(
      ['video.mp4', 'poster.png', 'captions.srt', 'captions.vtt', 'hls/master.m3u8', 'hls/0.ts'].map((name) => [
        name,
        `/media/${name}?s=1`,
      ]),
    ),
    linksExpireAt: '2027-11-19T10:00:00.000Z',
    ...change,
  })
}

/** `pictures`: how many are there. */
export function making(
  { pictures = 0, isPlanned = true, isSpoken = false, percent = 10 } = {},
  change: Partial<VideoDetails> = {},
): VideoDetails {
  const { links: _links, linksExpireAt: _expire, findings: _findings, durationSeconds: _seconds, ...video } = finished()
  return VideoDetails.parse({
    ...video,
    id: ids.making,
    status: 'running',
    posterLink: undefined,
    previewLink: undefined,
    progress: { percent, secondsLeft: 38 },
    steps: stepsAs('waiting').map((step) =>
      step.step === 'write'
        ? { ...step, state: 'done' }
        : step.step === 'illustrate'
          ? { ...step, state: 'running', done: pictures, total: 3, unit: 'scenes' }
          : step,
    ),
    scenes: isPlanned
      ? video.scenes.map(({ words, ...scene }, index) => ({
          ...scene,
          ...(isSpoken && { words }),
          picture: index < pictures ? scene.picture : { state: 'making', kind: 'picture', isOwn: false },
        }))
      : [],
    ...change,
  })
}

export function stepsAs(state: 'waiting' | 'done'): VideoDetails['steps'] {
  return (['write', 'narrate', 'plan', 'illustrate', 'score', 'compose', 'publish'] as const).map((step) => ({
    step,
    state,
  }))
}
