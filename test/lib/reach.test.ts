// Whether each function, and the render container, may use the very objects that the code has it use: keys as core makes
// them, against the statements of its role.
import { expect, it } from 'vitest'
import { inboxKey, manifestKey } from '../../core/inbox.ts'
import {
  assetKey,
  deliverableKey,
  faceKeyOf,
  incomingKey,
  partKey,
  receiptKey,
  refusalKey,
  renderKey,
  uploadKey,
  uploadRecordKey,
  uploadUseKey,
  uploadWaitingKey,
} from '../../core/keys.ts'
import { bucketOf } from '../../stores/aws.ts'
import { resourcesOf } from './flat.ts'
import { allowedBy, of, render, roles } from './rights.ts'

const id = 'upl_0123456789012345678901'
const video = 'vid_0123456789012345678901'
const keys = {
  asset: assetKey('ann', 'picture', 1),
  receipt: receiptKey(assetKey('ann', 'picture', 1)),
  refusal: refusalKey(assetKey('ann', 'picture', 1)),
  render: renderKey('ann', 'render.json', 1),
  part: partKey('ann', 'a1', 'mp4'),
  upload: uploadKey('ann', 'a1', 'png'),
  face: faceKeyOf(uploadKey('ann', 'a1', 'ttf')),
  record: uploadRecordKey('ann', id),
  waiting: uploadWaitingKey('ann', id),
  use: uploadUseKey(uploadKey('ann', 'a1', 'png'), id),
  incoming: incomingKey('ann', id),
  dropped: inboxKey('ann', 'a.jsonl'),
  manifest: manifestKey(inboxKey('ann', 'a.jsonl')),
  first: deliverableKey(video, 'video.mp4'),
  later: deliverableKey(video, 'hls/master.m3u8', 2),
}
type Kind = keyof typeof keys
type Reach = { get: Kind[]; put: Kind[]; delete: Kind[] }

const made: Kind[] = ['asset', 'receipt', 'refusal', 'render']
const stage: Reach = { get: made, put: made, delete: [] }
const nothing: Reach = { get: [], put: [], delete: [] }
const ofUploads: Kind[] = ['upload', 'face', 'record', 'waiting', 'use']
const delivered: Kind[] = ['first', 'later']

/** Everything else is out of reach. */
const reaches: Record<string, Reach> = {
  // Its links to pictures and uploads work by its own right to read them; its forms by its right to put them there.
  api: {
    get: [...made, ...ofUploads, 'incoming', 'dropped', 'manifest', ...delivered],
    put: ['record', 'waiting', 'use', 'incoming', 'dropped', 'manifest'],
    delete: [...made, 'part', ...ofUploads, 'incoming', ...delivered],
  },
  'check-upload': { get: [...ofUploads, 'incoming'], put: ofUploads, delete: [] },
  'on-upload': { get: ['record', 'dropped', 'manifest'], put: ['dropped', 'manifest'], delete: [] },
  write: stage,
  plan: stage,
  narrate: stage,
  illustrate: stage,
  score: stage,
  openai: stage,
  assemble: { ...stage, get: [...made, ...ofUploads] },
  publish: { get: [...made, ...ofUploads, ...delivered], put: delivered, delete: [] },
  fail: nothing,
  authorizer: nothing,
  'on-end': nothing,
  sweep: nothing,
  deliver: nothing,
  archive: { get: delivered, put: [], delete: [] },
}

it.each(Object.entries(reaches))('%s reaches what it uses and nothing else', (name, reach) => {
  const found = Object.values(of('AWS::Lambda::Function')).find(
    ({ Properties }) => Properties['FunctionName'] === `clipforge-${name}`,
  )!
  expect(reachOf(allowedBy(roles[found.Properties['Role']['Fn::GetAtt'][0]]!))).toEqual(sorted(reach))
})

it('the render container reads what a timeline names and writes renders and parts', () => {
  const [role] = Object.entries(resourcesOf(render, 'AWS::IAM::Role')).find(
    ([, { Properties }]) => Properties['Description'] === 'The render container',
  )!
  // Its statements stand beside it, in policies that name it.
  const Policies = Object.values(resourcesOf(render, 'AWS::IAM::Policy')).flatMap(({ Properties }) =>
    Properties['Roles'].some((each: { Ref: string }) => each.Ref === role) ? [Properties] : [],
  )
  expect(reachOf(allowedBy({ Type: 'AWS::IAM::Role', Properties: { Policies } }))).toEqual(
    sorted({ get: [...made, 'part', ...ofUploads], put: ['render', 'part'], delete: [] }),
  )
})

function reachOf(allowed: Set<string>): Reach {
  const rights = [...allowed]
  const may = (action: string, key: string) => {
    const place = `${action} ${bucketOf(key, buckets)}/${key}`
    return rights.some((right) => patternOf(right).test(place))
  }
  const all = Object.entries(keys) as [Kind, string][]
  const kindsFor = (action: string) => all.flatMap(([kind, key]) => (may(action, key) ? [kind] : []))
  return sorted({ get: kindsFor('s3:GetObject'), put: kindsFor('s3:PutObject'), delete: kindsFor('s3:DeleteObject') })
}

const buckets = Object.fromEntries(
  ['videos', 'uploads', 'work'].map((name) => [`CLIPFORGE_${name.toUpperCase()}_BUCKET`, name]),
)

function patternOf(right: string): RegExp {
  return new RegExp(
    `^${right
      .split('*')
      .map((part) => RegExp.escape(part))
      .join('.*')}$`,
  )
}

function sorted(reach: Reach): Reach {
  return { get: reach.get.toSorted(), put: reach.put.toSorted(), delete: reach.delete.toSorted() }
}
