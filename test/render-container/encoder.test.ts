import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { plainRefusal } from '../../render-container/nvenc-refusals.ts'
import { sharedChild, temporaryFolder } from './media.ts'
import { rampSegments } from './ramp.ts'

const run = sharedChild()
const format = { widthPx: 1080, heightPx: 1920, fps: 30 }

test.skipIf(existsSync('/dev/nvidiactl') || process.platform === 'win32')(
  'without an NVIDIA GPU the encoder is chosen at once, and the reason says so',
  async () => {
    const choices = []
    for (const codec of ['h264', 'hevc', 'av1'] as const)
      choices.push(await run('encoder', { codec, quality: 'standard', format }, 'the encoder'))
    expect(choices.map(({ name }) => name)).toEqual(['libx264', 'libx265', 'libsvtav1'])
    expect(new Set(choices.map(({ reason }) => reason))).toEqual(new Set(['no NVIDIA GPU in this machine']))
  },
)

test('after a failure of the GPU it is not asked again, and its failure is the reason', async () => {
  const wanted = { codec: 'h264', quality: 'draft', format, hardwareFailure: 'h264_nvenc failed: no session' } as const
  const choice = await run('encoder', wanted, 'the encoder')
  expect(choice).toMatchObject({ name: 'libx264', isHardware: false, reason: 'h264_nvenc failed: no session' })
})

test.for([
  ['Cannot load libcuda.so.1', "the driver's libraries are not there"],
  ['Driver does not support the required nvenc API version. Required: 13.0 Found: 12.1', 'the driver is too old'],
  ['OpenEncodeSessionEx failed: out of memory (10): (no details)', 'its session limit is reached'],
  ['OpenEncodeSessionEx failed: unsupported device (2)\nNo capable devices found', 'this GPU has no such encoder'],
] as const)('NVENC that says "%s" is explained in one line', ([said, meaning]) => {
  const line = plainRefusal(said, 'Operation not permitted')
  expect(line.startsWith(meaning)).toBe(true)
  expect(line).not.toContain('\n')
})

test('NVENC that says something unknown, or nothing, is quoted', () => {
  expect(plainRefusal('A new kind of trouble', 'Unknown error')).toBe('A new kind of trouble')
  expect(plainRefusal('', 'Unknown error')).toBe('Unknown error')
})

test.for(['h264', 'hevc', 'av1'] as const)('a better quality of %s takes more bytes', async (codec) => {
  const folder = await temporaryFolder()
  const sizes = []
  for (const quality of ['draft', 'standard', 'high'] as const) {
    const { segments } = await rampSegments(run, folder, [8], { codec, quality })
    sizes.push((await stat(segments[0]!.path)).size)
  }
  expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
  expect(new Set(sizes).size).toBe(3)
})
