// Servers are killed while webhooks arrive: what was answered 200 is there once, and Qiscus and Usher agree in the end.
import { test } from 'vitest';
import { makeCuttableDatabase, startCrashingDatabase } from './crashing-database.ts';
import { underFire } from './under-fire.ts';

const long = process.env.USHER_LONG_TESTS === '1';

test.skipIf(long)(
  'servers that are killed, and connections that are cut, lose and double nothing',
  async () => {
    await underFire(await makeCuttableDatabase(), { webhooks: 600, kills: 5 });
  },
  420_000,
);

test.runIf(long)(
  'servers that are killed fifty times, and a PostgreSQL that crashes, lose and double nothing',
  async () => {
    await underFire(await startCrashingDatabase(), { webhooks: 5000, kills: 50 });
  },
  900_000,
);
