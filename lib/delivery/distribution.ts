// CloudFront: the page for everybody, videos for whoever has a signed link.
import {
  Duration,
  Stack,
  aws_certificatemanager as acm,
  aws_cloudfront as cloudfront,
  aws_cloudfront_origins as origins,
  type aws_s3 as s3,
} from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'
import type { Config } from '../config.ts'

export class VideoDistribution extends Construct {
  readonly distribution: cloudfront.Distribution
  readonly domainName: string

  constructor(scope: Construct, id: string, { config, web, videos, keyGroup }: VideoDistributionProps) {
    super(scope, id)
    const oac = new cloudfront.S3OriginAccessControl(this, 'Access', { signing: cloudfront.Signing.SIGV4_ALWAYS })
    // The buckets' own policies, in the stack that keeps them, let CloudFront in: they must not depend on this stack.
    const from = (bucket: s3.IBucket) =>
      origins.S3BucketOrigin.withBucketDefaults(bucket, { originAccessControlId: oac.originAccessControlId })
    const common = { viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS }

    this.distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: `${config.name}: the page and the videos`,
      defaultRootObject: 'index.html',
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      // North America and Europe: the cheapest; everybody else is served from there.
      priceClass: cloudfront.PriceClass.PRICE_CLASS_100,
      ...domainOf(this, config),
      defaultBehavior: {
        ...common,
        origin: from(web),
        cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: pageHeaders(this, config),
        functionAssociations: [
          { function: pageOfEveryPath(this), eventType: cloudfront.FunctionEventType.VIEWER_REQUEST },
        ],
      },
      additionalBehaviors: {
        'videos/*': {
          ...common,
          origin: from(videos),
          // Its key has no query: all links to one file share one copy, and CloudFront takes the signature off itself.
          cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED,
          // Videos do not get smaller, and a compressed answer has no byte ranges.
          compress: false,
          trustedKeyGroups: [keyGroup],
          responseHeadersPolicy: fileHeaders(this, config),
        },
      },
    })
    // Named in any case: with a domain of one's own later on, the other stacks still hold on to it.
    Stack.of(this).exportValue(this.distribution.distributionDomainName)
    this.domainName = config.domain?.name ?? this.distribution.distributionDomainName
    acknowledgeFindings(this.distribution)
  }
}

type VideoDistributionProps = { config: Config; web: s3.IBucket; videos: s3.IBucket; keyGroup: cloudfront.KeyGroup }

function domainOf(scope: Construct, { domain }: Config) {
  return (
    domain && {
      domainNames: [domain.name],
      certificate: acm.Certificate.fromCertificateArn(scope, 'Certificate', domain.certificateArn),
      minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
    }
  )
}

/** The page finds its own way: every path that names no file is the page. */
function pageOfEveryPath(scope: Construct) {
  return new cloudfront.Function(scope, 'PageOfEveryPath', {
    runtime: cloudfront.FunctionRuntime.JS_2_0,
    comment: 'A path that names no file is the page',
    code: cloudfront.FunctionCode.fromInline(
      `function handler(event) {
  var request = event.request
  if (!request.uri.split('/').pop().includes('.')) request.uri = '/index.html'
  return request
}`,
    ),
  })
}

/** For this host: what else lies under its domain is not ours to decide. */
const secure: cloudfront.ResponseSecurityHeadersBehavior = {
  contentTypeOptions: { override: true },
  strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: false, override: true },
  referrerPolicy: { referrerPolicy: cloudfront.HeadersReferrerPolicy.NO_REFERRER, override: true },
}

function pageHeaders(scope: Construct, { name }: Config) {
  return new cloudfront.ResponseHeadersPolicy(scope, 'PageHeaders', {
    responseHeadersPolicyName: `${name}-page`,
    securityHeadersBehavior: {
      ...secure,
      frameOptions: { frameOption: cloudfront.HeadersFrameOption.DENY, override: true },
      contentSecurityPolicy: {
        // The API and the buckets that pictures come from are at other addresses, which are not known here.
        contentSecurityPolicy:
          "default-src 'self'; connect-src 'self' https:; img-src 'self' data: blob: https:; media-src 'self' blob: https:; style-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
        override: true,
      },
    },
  })
}

/** Pages elsewhere may play a video that they have a link to; byte ranges and lengths are theirs to see. */
function fileHeaders(scope: Construct, { name, corsOrigins }: Config) {
  return new cloudfront.ResponseHeadersPolicy(scope, 'FileHeaders', {
    responseHeadersPolicyName: `${name}-files`,
    securityHeadersBehavior: secure,
    corsBehavior: {
      accessControlAllowOrigins: corsOrigins,
      accessControlAllowMethods: ['GET', 'HEAD'],
      accessControlAllowHeaders: ['*'],
      accessControlExposeHeaders: ['Accept-Ranges', 'Content-Length', 'Content-Range', 'ETag'],
      accessControlAllowCredentials: false,
      originOverride: true,
    },
  })
}

function acknowledgeFindings(distribution: cloudfront.Distribution) {
  acknowledge(distribution, 'AwsSolutions-CFR1', 'Videos are for the whole world')
  acknowledge(
    distribution,
    'AwsSolutions-CFR2',
    'Only files are behind it, read-only, videos by signed link: a firewall would have nothing to look at; AWS Shield Standard is always there',
  )
  acknowledge(
    distribution,
    'AwsSolutions-CFR3',
    'Its access logs are of the second kind (lib/delivery/access-logs.ts), which need no bucket with access lists',
  )
  acknowledge(
    distribution,
    'AwsSolutions-CFR4',
    "Without a domain CloudFront's own certificate sets the TLS version; with one it is TLS 1.2 of 2021",
  )
}
