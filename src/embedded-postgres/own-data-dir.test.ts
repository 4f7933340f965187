// Proves with real processes that a data directory has one owner.

import { afterAll, afterEach, expect, it } from 'vitest';
import { startEmbeddedPostgres } from './start-embedded-postgres.ts';
import { endAll, endTemplate, makeDataDir, makeOwner, makeServer } from './test-servers.ts';

afterEach(endAll);
afterAll(endTemplate);

it('a data directory has one owner: a second start names it and says what to do', async () => {
  const owner = await makeOwner();
  await expect(startEmbeddedPostgres({ dataDir: owner.dataDir })).rejects.toThrow(
    new RegExp(`Process ${owner.pid} already runs.*USHER_DATA_DIR.*DATABASE_URL`),
  );
  await owner.stop();
  expect((await makeServer({ dataDir: owner.dataDir })).adopted).toBe(false);
});

it('a data directory goes to exactly one of several that start at once', async () => {
  const dataDir = await makeDataDir();
  const starts = [1, 2, 3].map(() => makeOwner({ dataDir }));
  const outcomes = await Promise.allSettled(starts);
  const lost = outcomes.filter(({ status }) => status === 'rejected');
  expect(lost.map((outcome) => String('reason' in outcome && outcome.reason))).toEqual([
    expect.stringContaining('already runs'),
    expect.stringContaining('already runs'),
  ]);
});
