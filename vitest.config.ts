import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Child processes rather than threads: node-av crashes in worker threads.
    pool: 'forks',
    setupFiles: ['test/setup.ts'],
    testTimeout: 30_000,
  },
})
