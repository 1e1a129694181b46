import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{domain,contract,server,electron,renderer,web,scripts}/**/*.test.{ts,tsx}', 'e2e/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // Most of their time is waiting: a machine of two cores does two files at once, where Vitest would take one.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
