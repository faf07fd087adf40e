// Whether a player can start before it has the whole file: by the file's outermost boxes (ISO 14496-12).
import { open, stat } from 'node:fs/promises'
import type { Finding } from '../../core/ports.ts'

/** It can only when the index ('moov') stands before the media ('mdat'). */
export async function inspectLayout(path: string): Promise<Finding> {
  const boxes = await topLevelBoxes(path)
  const isIndexFirst = boxes.includes('moov') && boxes.indexOf('moov') < boxes.indexOf('mdat')
  return { check: 'starts fast', ok: isIndexFirst, measured: boxes.join(' '), wanted: 'moov before mdat' }
}

async function topLevelBoxes(path: string): Promise<string[]> {
  const { size: end } = await stat(path)
  await using file = await open(path)
  const boxes: string[] = []
  const header = Buffer.alloc(16)
  for (let at = 0; at + 8 <= end;) {
    await file.read(header, 0, 16, at)
    boxes.push(header.toString('latin1', 4, 8))
    const size = header.readUInt32BE(0)
    // 1: the real size follows in 64 bits; 0: the box goes to the end of the file.
    const bytes = size === 1 ? Number(header.readBigUInt64BE(8)) : size === 0 ? end - at : size
    if (bytes < 8) break
    at += bytes
  }
  return boxes
}
