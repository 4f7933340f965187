import { configDefaults, defineConfig } from 'vitest/config';
import { LONG_FORM } from './test/long-form.ts';

const isLong = process.env.USHER_LONG_TESTS === '1';

export default defineConfig({
  test: {
    exclude: [...configDefaults.exclude, ...(isLong ? [] : LONG_FORM)],
    globalSetup: ['test/pages.ts', 'test/postgres.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 10_000 } },
    pool: 'forks',
    // First what mostly waits for databases, timers and sockets, then what keeps a core busy.
    projects: [
      {
        extends: true,
        test: {
          name: 'server',
          include: [
            '{src,browser,widget,web,packages,scripts,sandbox}/**/*.test.ts',
            'test/!(browser)/**/*.test.ts',
            'test/*.test.ts',
          ],
          maxWorkers: 4,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
