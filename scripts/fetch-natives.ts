// Fetches the native code that the Lambdas carry, so that everything after the installation needs no network.
//   node scripts/fetch-natives.ts
import { nativePackages } from './build-lambdas/natives.ts'

try {
  await nativePackages(['canvas', 'ffmpeg'], 'arm64')
} catch (error) {
  // Only who deploys needs it, and is told again then.
  console.error(`${(error as Error).message} (wanted by 'npm run synth' only)`)
}
