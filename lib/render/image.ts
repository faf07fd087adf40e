import { fileURLToPath } from 'node:url'
import { IgnoreMode } from 'aws-cdk-lib'
import { Platform } from 'aws-cdk-lib/aws-ecr-assets'
import * as ecs from 'aws-cdk-lib/aws-ecs'

const repository = fileURLToPath(new URL('../..', import.meta.url))

/** Built by Docker when it is deployed, not when it is synthesised. What goes in is said by .dockerignore. */
export function renderImage(): ecs.ContainerImage {
  return ecs.ContainerImage.fromAsset(repository, {
    file: 'render-container/Dockerfile',
    platform: Platform.LINUX_AMD64,
    ignoreMode: IgnoreMode.DOCKER,
  })
}
