import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Child processes rather than threads: node-av crashes in worker threads.
    pool: 'forks',
    // Many tests wait for a server or a child more than they compute.
    maxWorkers: '100%',
    setupFiles: ['test/setup.ts'],
    globalSetup: ['test/web/find-browser.ts'],
    testTimeout: 30_000,
  },
})
