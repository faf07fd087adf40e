// S3 on the loopback interface, in memory: signatures, checksums, conditions, ranges, parts and forms as S3 documents
// them. What it does not know it refuses with 501, so that nothing seems to work that does not.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tag, xml, type S3Answer, type S3Request } from './s3/answers.ts'
import { readBody } from './s3/body.ts'
import { deleteObjects, listObjects } from './s3/bucket-requests.ts'
import { S3Error } from './s3/errors.ts'
import { postForm } from './s3/form.ts'
import { openUploads } from './s3/multipart.ts'
import { copyObject, deleteObject, getObject, putObject } from './s3/object-requests.ts'
import { openBuckets, type Buckets, type S3Event } from './s3/objects.ts'
import { checkSignature } from './s3/signature.ts'

/** `match`: a part of 'PUT /bucket/key?query'. `times`: how many requests it hits, one without it. */
export type S3Fault = { match?: string | RegExp; times?: number } & (
  | { status: number; code: string }
  /** The answer breaks off after that many bytes of its body. */
  | { cutAfterBytes: number }
  /** One byte of the answer's body is another. */
  | { flipByteAt: number }
)
export type LoopbackS3 = {
  /** 'http://127.0.0.1:1234' */
  url: string
  /** What the SDK finds in the environment. */
  environment: Record<string, string>
  buckets: Buckets
  /** 'PUT /bucket/key 200' */
  received: string[]
  openUploads: () => number
  fail: (...faults: S3Fault[]) => void
  /** Takes back the faults that have hit nothing yet. */
  recover: () => void
  close: () => Promise<void>
}

const secrets = { test: 'test-secret' }

export async function startS3({
  buckets: names,
  onEvent = () => {},
}: {
  buckets: string[]
  onEvent?: (event: S3Event) => void
}): Promise<LoopbackS3> {
  const buckets = openBuckets(names, onEvent)
  const uploads = openUploads()
  const received: string[] = []
  const faults: S3Fault[] = []

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const line = `${request.method} ${request.url}`
    const fault = takeFault(faults, line)
    const answer = await answerTo(request, fault).catch(errorAnswer)
    received.push(`${line} ${answer.status}`)
    send(request, response, answer, fault)
  }
  const answerTo = async (request: IncomingMessage, fault: S3Fault | undefined): Promise<S3Answer> => {
    if (fault && 'status' in fault) throw new S3Error(fault.status, fault.code)
    const url = urlOf(request)
    const [bucket = '', ...rest] = url.pathname.slice(1).split('/').map(decodeURIComponent)
    const parsed = { method: request.method ?? '', bucket, key: rest.join('/'), query: url.searchParams, buckets }
    const { headers } = request
    if (headers['content-type']?.startsWith('multipart/form-data')) {
      const { bytes } = await readBody(request, '')
      return postForm({ ...parsed, headers, bytes, secrets })
    }
    const payloadHash = checkSignature({ method: parsed.method, url, headers }, secrets)
    return route({ ...parsed, headers, body: () => readBody(request, payloadHash) }, uploads)
  }

  const server = createServer((request, response) => {
    void serve(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    environment: {
      AWS_ENDPOINT_URL_S3: url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: secrets.test,
    },
    buckets,
    received,
    openUploads: uploads.open,
    fail: (...more) => void faults.push(...more),
    recover: () => void faults.splice(0),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

type Uploads = ReturnType<typeof openUploads>

/** By method and by the sub-resource that the query names. */
function route(request: S3Request, uploads: Uploads): S3Answer | Promise<S3Answer> {
  const { method, bucket, key, query, headers, buckets } = request
  const about = ['uploads', 'uploadId', 'delete', 'location'].find((name) => query.has(name)) ?? ''
  const unknown = [...query.keys()].find((name) => !known.test(name))
  if (unknown !== undefined) throw new S3Error(501, 'NotImplemented', `no '${unknown}' here`)
  switch (`${method} ${key === '' ? 'bucket' : 'object'} ${about}`.trim()) {
    case 'PUT bucket':
      buckets.add(bucket)
      return { status: 200 }
    case 'HEAD bucket':
      return { status: buckets.has(bucket) ? 200 : 404 }
    case 'GET bucket location':
      return xml('LocationConstraint', '')
    case 'GET bucket':
      return listObjects(request)
    case 'POST bucket delete':
      return deleteObjects(request)
    case 'POST object uploads':
      return uploads.begin(request)
    case 'PUT object uploadId':
      return uploads.putPart(request)
    case 'POST object uploadId':
      return uploads.complete(request)
    case 'DELETE object uploadId':
      return uploads.abort(request)
    case 'PUT object':
      return headers['x-amz-copy-source'] === undefined ? putObject(request) : copyObject(request)
    case 'HEAD object':
    case 'GET object':
      return getObject(request)
    case 'DELETE object':
      return deleteObject(request)
    default:
      throw new S3Error(501, 'NotImplemented', `no ${method} of this here`)
  }
}

const known =
  /^(?:x-id|X-Amz-.*|x-amz-.*|response-.*|versionId|uploads|uploadId|partNumber|delete|location|list-type|prefix|delimiter|max-keys|start-after|continuation-token|encoding-type|fetch-owner)$/

/** Without `new URL` for the path, which would resolve the '..' of a key. */
function urlOf(request: IncomingMessage): URL {
  const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s)
  const url = new URL(`http://127.0.0.1/?${query}`)
  return Object.defineProperty(url, 'pathname', { value: path })
}

function takeFault(faults: S3Fault[], line: string): S3Fault | undefined {
  const index = faults.findIndex(({ match = '' }) =>
    typeof match === 'string' ? line.includes(match) : match.test(line),
  )
  const fault = faults[index]
  if (!fault) return undefined
  if ((fault.times ?? 1) <= 1) faults.splice(index, 1)
  else faults[index] = { ...fault, times: (fault.times ?? 1) - 1 }
  return fault
}

function errorAnswer(error: unknown): S3Answer {
  const { status, code, message } = error instanceof S3Error ? error : new S3Error(500, 'InternalError', String(error))
  return { ...xml('Error', tag('Code', code) + tag('Message', message)), status }
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body = '' }: S3Answer,
  fault: S3Fault | undefined,
) {
  request.resume()
  const bytes = Buffer.from(body)
  response.writeHead(status, { ...headers, 'content-length': bytes.length, 'x-amz-request-id': 'loopback' })
  if (request.method === 'HEAD') response.end()
  else if (fault && 'cutAfterBytes' in fault)
    response.write(bytes.subarray(0, fault.cutAfterBytes), () => response.destroy())
  else {
    if (fault && 'flipByteAt' in fault) bytes[fault.flipByteAt] = bytes[fault.flipByteAt]! ^ 1
    response.end(bytes)
  }
}
