// Puts the page into the bucket that CloudFront shows, after a deploy: its files, and where its API is.
//   node scripts/deploy-page.ts [out/outputs.json]
import { readFileSync } from 'node:fs'
import { S3Client } from '@aws-sdk/client-s3'
import { buildWeb } from './build-web.ts'
import { placesIn } from './deploy-page/places.ts'
import { putPage } from './deploy-page/put-page.ts'

const outputs = process.argv[2] ?? 'out/outputs.json'
try {
  const { bucket, region, apiUrl, pageUrl } = placesIn(readFileSync(outputs, 'utf8'))
  const dir = await buildWeb()
  const count = await putPage({ client: new S3Client({ region }), bucket, dir, apiUrl })
  console.log(`The page is at ${pageUrl} (${count} files). What browsers keep of the one before is asked for anew.`)
} catch (error) {
  process.exitCode = 1
  console.error(`the page was not put in place: ${(error as Error).message}`)
}
