import { testApp } from './synth.ts'
import { generateKeyPairSync } from 'node:crypto'
import { runInNewContext } from 'node:vm'
import { Annotations, Match } from 'aws-cdk-lib/assertions'
import { describe, expect, it } from 'vitest'
import { flattener, type Resource, resourcesOf } from './flat.ts'

const domain = {
  name: 'videos.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555',
}
const publicKey = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' }).toString()
const keys: [string, string] = [publicKey(), publicKey()]

const { stacks } = await testApp({ domain, signingPublicKeys: keys }, { nag: false })
const { delivery, data } = stacks
const flat = flattener([data, delivery])
const of = (type: string, stack = delivery) =>
  Object.values(resourcesOf(stack, type)).map(({ Properties }) => Properties)
type Properties = Resource['Properties']
const config = of('AWS::CloudFront::Distribution')[0]!['DistributionConfig']
const videos = config.CacheBehaviors.find(({ PathPattern }: Properties) => PathPattern === 'videos/*')
const originOf = (id: string) => config.Origins.find(({ Id }: Properties) => Id === id)

describe('videos', () => {
  it('need a link that one of the two keys signed', () => {
    const [group] = of('AWS::CloudFront::KeyGroup')
    expect(videos.TrustedKeyGroups).toHaveLength(1)
    expect(Object.keys(resourcesOf(delivery, 'AWS::CloudFront::KeyGroup'))).toEqual([flat(videos.TrustedKeyGroups[0])])
    const published = resourcesOf(delivery, 'AWS::CloudFront::PublicKey')
    const inGroup = group!['KeyGroupConfig'].Items.map((item: unknown) => published[flat(item)]!.Properties)
    expect(inGroup.map(({ PublicKeyConfig }: Properties) => PublicKeyConfig.EncodedKey)).toEqual(keys)
  })

  it('are signed by the first of them', () => {
    const first = resourcesOf(delivery, 'AWS::CloudFront::PublicKey')[flat(delivery.resolve(delivery.signingKeyPairId))]
    expect(first!.Properties['PublicKeyConfig'].EncodedKey).toBe(keys[0])
  })

  it('keep the other key as it is when one is replaced: keys are told apart by what they are', async () => {
    const fresh = publicKey()
    const { stacks: rotated } = await testApp({ signingPublicKeys: [fresh, keys[0]] }, { nag: false })
    const idOf = (stack: typeof delivery, pem: string) =>
      Object.entries(resourcesOf(stack, 'AWS::CloudFront::PublicKey')).find(
        ([, { Properties }]) => Properties['PublicKeyConfig'].EncodedKey === pem,
      )?.[0]
    expect(idOf(rotated.delivery, keys[0])).toBe(idOf(delivery, keys[0]))
  })

  it('come from their bucket uncompressed, one copy for all links, over HTTPS', () => {
    expect(videos).toMatchObject({ Compress: false, ViewerProtocolPolicy: 'redirect-to-https' })
    // CachingOptimized: no query string in the key, and none goes to the bucket.
    expect(videos.CachePolicyId).toBe('658327ea-f89d-4fab-a63d-7e88639e58f6')
    expect(flat(originOf(videos.TargetOriginId).DomainName)).toBe(
      flat(data.resolve(data.videos.bucketRegionalDomainName)),
    )
  })
})

describe('the page', () => {
  const page = config.DefaultCacheBehavior

  it('comes from its bucket, for everybody', () => {
    expect(config.DefaultRootObject).toBe('index.html')
    expect(page.TrustedKeyGroups).toBeUndefined()
    expect(flat(originOf(page.TargetOriginId).DomainName)).toBe(flat(data.resolve(data.web.bucketRegionalDomainName)))
  })

  it('is what every path that names no file shows; a link without a signature is still refused', () => {
    const [edge] = of('AWS::CloudFront::Function')
    const shown = (uri: string) =>
      runInNewContext(`${edge!['FunctionCode']}; handler({ request: { uri: ${JSON.stringify(uri)} } }).uri`)
    expect([shown('/'), shown('/videos-of-mine/7'), shown('/assets/app.js')]).toEqual([
      '/index.html',
      '/index.html',
      '/assets/app.js',
    ])
    // An error page in place of 403 would hold for videos too.
    expect(config.CustomErrorResponses).toBeUndefined()
    expect(videos.FunctionAssociations).toBeUndefined()
  })

  it('tells browsers what they may do with it', () => {
    const headers = Object.fromEntries(
      of('AWS::CloudFront::ResponseHeadersPolicy').map(({ ResponseHeadersPolicyConfig: policy }) => [
        policy.Name,
        policy.SecurityHeadersConfig,
      ]),
    )
    expect(headers['clipforge-page']).toMatchObject({
      FrameOptions: { FrameOption: 'DENY' },
      ContentSecurityPolicy: { ContentSecurityPolicy: expect.stringContaining("default-src 'self'") },
    })
    for (const policy of Object.values(headers))
      expect(policy).toMatchObject({ StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000 } })
  })
})

describe('the buckets', () => {
  it('are read by signed requests of CloudFront only', () => {
    for (const { OriginAccessControlId, S3OriginConfig } of config.Origins) {
      expect(flat(OriginAccessControlId)).toMatch(/^DeliveryAccess\w+\.Id$/)
      expect(S3OriginConfig).toEqual({ OriginAccessIdentity: '' })
    }
    expect(of('AWS::CloudFront::OriginAccessControl')[0]!['OriginAccessControlConfig']).toMatchObject({
      SigningBehavior: 'always',
      SigningProtocol: 'sigv4',
    })
  })

  it('let it in by their own policies, in their own stack', () => {
    expect(of('AWS::S3::BucketPolicy')).toEqual([])
    const readers = of('AWS::S3::BucketPolicy', data as never).filter((policy) =>
      JSON.stringify(policy).includes('cloudfront.amazonaws.com'),
    )
    expect(readers).toHaveLength(2)
  })
})

describe('the distribution', () => {
  it('speaks HTTP/2 and HTTP/3, under its domain over TLS 1.2 of 2021 at least', () => {
    expect(config).toMatchObject({
      HttpVersion: 'http2and3',
      Aliases: [domain.name],
      ViewerCertificate: { AcmCertificateArn: domain.certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021' },
    })
    expect(delivery.domainName).toBe(domain.name)
  })

  it('writes down who watched what, without the signature of the link', () => {
    const [log] = of('AWS::Logs::Delivery')
    expect(log!['RecordFields']).toContain('cs-uri-stem')
    expect(log!['RecordFields']).not.toContain('cs-uri-query')
    expect(flat(of('AWS::Logs::DeliveryDestination')[0]!['DestinationResourceArn'])).toBe(
      flat(data.resolve(data.logs.bucketArn)),
    )
    expect(of('AWS::Logs::DeliverySource')[0]).toMatchObject({ LogType: 'ACCESS_LOGS' })
  })

  it('warns while nobody can sign a link, and outside us-east-1 that nobody logs', async () => {
    const warned = (stack: typeof delivery, about: string) =>
      Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp(about)).length
    expect([warned(delivery, 'placeholders'), warned(delivery, 'access logs')]).toEqual([0, 0])
    const { stacks: other } = await testApp({ region: 'eu-central-1' }, { nag: false })
    expect([warned(other.delivery, 'placeholders'), warned(other.delivery, 'access logs')]).toEqual([1, 1])
  })
})
