import { configDefaults, defineConfig } from 'vitest/config';
import { LONG_FORM } from './test/long-form.ts';

const isLong = process.env.USHER_LONG_TESTS === '1';

export default defineConfig({
  test: {
    exclude: [...configDefaults.exclude, ...(isLong ? [] : LONG_FORM)],
    globalSetup: ['test/pages.ts', 'test/postgres.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    pool: 'forks',
    // First what waits for databases, timers and sockets; then what is judged by the clock while servers are
    // killed, with less beside it; then browsers, each of which keeps a core busy.
    projects: [
      {
        extends: true,
        test: {
          name: 'server',
          include: [
            '{src,browser,widget,web,packages,scripts,sandbox}/**/*.test.ts',
            'test/!(browser|faults)/**/*.test.ts',
            'test/*.test.ts',
          ],
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
