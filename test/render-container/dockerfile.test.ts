import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cloud, follow, submitted } from './cloud/job.ts'
import {
  buildImage,
  contextPaths,
  imageSettings,
  megabytesOf,
  ourDockerfile,
  runImage,
  whyNotHere,
} from './cloud/unpacked-image.ts'
import { smallComposition } from './compositions.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

describe('as written', () => {
  const [build, image] = ourDockerfile()

  test('Node is the version that everything is tested with, and nothing is taken as it happens to be', () => {
    expect(build.from).toBe(`node:${dependencies.node}-bookworm`)
    expect(image.from).toBe('scratch')
    expect(build.instructions.map(({ args }) => args)).toContain('npm ci --ignore-scripts')
  })

  test('it runs as a user without rights, writes to volumes only, and asks for what NVENC needs and no more', () => {
    expect(imageSettings()).toEqual({
      user: '10001:10001',
      entryPoint: ['/usr/local/bin/node', '/app/render-container/main.js'],
      volumes: ['/scratch', '/tmp'],
      environment: expect.objectContaining({
        NVIDIA_VISIBLE_DEVICES: 'all',
        NVIDIA_DRIVER_CAPABILITIES: 'compute,utility,video',
      }),
    })
  })

  test('the build context is there, and is what the build needs', () => {
    for (const path of contextPaths()) expect(existsSync(join(root, path)), path).toBe(true)
    const copied = build.instructions.filter(({ name }) => name === 'COPY').flatMap(({ args }) => args.split(' '))
    for (const path of copied.filter((name) => /\w/.test(name))) expect(contextPaths()).toContain(path)
  })
})

const reason = whyNotHere()
if (reason) console.warn(`the image is not built here: ${reason}`)

describe.skipIf(reason !== undefined)('as built', () => {
  const there = cloud()
  let dir: string
  let image: string
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'clipforge-image-'))
    image = buildImage(dir)
    console.log(
      `the image: ${megabytesOf(image)} MB unpacked, ${megabytesOf(join(image, 'app'))} MB of it the application`,
    )
  }, 60_000)
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  test('there is nothing in it to do anything else with', () => {
    for (const path of ['bin/sh', 'usr/bin/apt', 'usr/local/bin/npm', 'app/node_modules/aws-cdk-lib'])
      expect(existsSync(join(image, path)), path).toBe(false)
    expect(readFileSync(join(image, 'etc/debian_version'), 'utf8')).toMatch(/^12/)
    expect(statSync(join(image, 'scratch')).mode & 0o7777).toBe(0o1777)
  })

  test('its user finds out by encoding which encoder there is', async () => {
    const { code, stdout, stderr } = await follow(runImage(image, ['probe', '--json'], {})).ended
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({
      encoder: 'libx264',
      reason: 'no NVIDIA GPU in this machine',
      frames: 30,
    })
    expect(code).toBe(0)
  })

  test('its user renders a video from one bucket into another', async () => {
    const { videoId, timelineKey, fileKey } = await submitted(there, await smallComposition())
    const { code, log } = await follow(runImage(image, ['compose', videoId, timelineKey], there.environment)).ended
    expect(log.at(-1)).toMatchObject({ message: 'rendered', videoId })
    expect(log[0]).toMatchObject({ message: 'rendering', scratch: '/scratch/clipforge-render' })
    expect(code).toBe(0)
    expect((await there.stores.objects.head(fileKey('video.mp4')))!.bytes).toBeGreaterThan(10_000)
    expect((await there.stores.videos.events(videoId)).at(-1)).toMatchObject({ type: 'progress', done: 90 })
  })
})
