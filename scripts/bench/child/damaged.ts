// Good files and what can become of them on the way to us.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { randomOf } from '../../../core/random.ts'

export type SoakFile = { name: string; path: string; kind: 'picture' | 'clip'; isDamaged: boolean }

/** Half of them are whole. */
export async function makeDamaged(folder: string, photoPath: string, clipPath: string): Promise<SoakFile[]> {
  const small = createCanvas(400, 600)
  small.getContext('2d').drawImage(await loadImage(photoPath), 0, 0, 400, 600)
  const [jpeg, png, clip] = [small.toBuffer('image/jpeg', 90), small.toBuffer('image/png'), await readFile(clipPath)]
  const damaged: [name: string, kind: SoakFile['kind'], bytes: Buffer][] = [
    ['truncated.jpg', 'picture', jpeg.subarray(0, jpeg.length / 2)],
    ['truncated.png', 'picture', png.subarray(0, png.length / 2)],
    ['truncated.mp4', 'clip', clip.subarray(0, clip.length / 2)],
    ['scratched.jpg', 'picture', scratched(jpeg, 20)],
    ['scratched.png', 'picture', scratched(png, 20)],
    ['scratched.mp4', 'clip', scratched(clip, 60)],
    ['noise.jpg', 'picture', noise(20_000)],
    ['noise.mp4', 'clip', noise(20_000)],
    ['empty.png', 'picture', Buffer.alloc(0)],
    ['header-only.jpg', 'picture', jpeg.subarray(0, 200)],
  ]
  const whole: typeof damaged = [
    ['whole.jpg', 'picture', jpeg],
    ['whole.png', 'picture', png],
    ['whole.mp4', 'clip', clip],
  ]
  const files: SoakFile[] = []
  for (const [at, [name, kind, bytes]] of damaged.entries()) {
    const [goodName, goodKind, goodBytes] = whole[at % whole.length]!
    files.push(await write(folder, goodName, goodKind, goodBytes, false), await write(folder, name, kind, bytes, true))
  }
  return files
}

async function write(folder: string, name: string, kind: SoakFile['kind'], bytes: Buffer, isDamaged: boolean) {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return { name, path, kind, isDamaged }
}

/** `count` bytes of it are others, none of the first hundred. */
function scratched(bytes: Buffer, count: number): Buffer {
  const random = randomOf(bytes.length)
  const copy = Buffer.from(bytes)
  for (let at = 0; at < count; at++) copy[100 + Math.floor(random() * (copy.length - 100))] = Math.floor(random() * 256)
  return copy
}

function noise(count: number): Buffer {
  const random = randomOf(count)
  return Buffer.from(Array.from({ length: count }, () => Math.floor(random() * 256)))
}
