// Looks at a finished video as a viewer would, in a child process.
import type { Inspector } from '../core/ports.ts'
import { withPool } from './pool.ts'

/**
 * Decodes all of the file once and measures it; every check is a finding, passed or not. A file that cannot be
 * opened at all is a finding too.
 */
export const inspect: Inspector = (file, signal) =>
  // One child: the picture is decoded on two threads, and a second child takes longer to start than the sound to hear.
  withPool(1, signal, async ({ run }) => {
    const findings = await Promise.all([
      run('inspectPicture', file, "looking at the video's picture"),
      run('inspectSound', file, "listening to the video's sound"),
    ])
    return findings.flat()
  })
