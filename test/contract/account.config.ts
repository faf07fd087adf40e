// For running the contracts of the stores against a real account: without test/setup.ts, which keeps every connection
// on this machine.
import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { include: ['test/stores/**/*.test.ts'], testTimeout: 120_000 } })
