// node remotion-render.js screenplay.json chrome: renders remotion-film.js beside it, with Remotion's own defaults but
// for the browser, and prints {"setUpMs", "makeMs"} as its last line. Copied to where Remotion is installed.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bundle } from '@remotion/bundler'
import { renderMedia, selectComposition } from '@remotion/renderer'

const [screenplayPath, browserExecutable] = process.argv.slice(2)
const { publicDir, ...inputProps } = JSON.parse(readFileSync(screenplayPath, 'utf8'))
const startedAt = performance.now()
const entryPoint = fileURLToPath(new URL('remotion-film.js', import.meta.url))
const serveUrl = await bundle({ entryPoint, publicDir })
const chromeMode = 'chrome-for-testing'
const shared = { serveUrl, inputProps, browserExecutable, chromeMode, logLevel: 'error' }
const composition = await selectComposition({ ...shared, id: 'film' })
const setUpAt = performance.now()
await renderMedia({ ...shared, composition, codec: 'h264', outputLocation: inputProps.path })
console.log(JSON.stringify({ setUpMs: setUpAt - startedAt, makeMs: performance.now() - setUpAt }))
