// node compose-once.ts <described.json>: composes it, and prints each progress and the report as lines of JSON.
import { readFileSync } from 'node:fs'
import { compose } from '../../render-container/compose.ts'
import { open } from './compositions.ts'

const composition = await open(JSON.parse(readFileSync(process.argv[2]!, 'utf8')))
const report = await compose(
  composition,
  (progress) => console.log(JSON.stringify(progress)),
  new AbortController().signal,
)
console.log(JSON.stringify(report))
