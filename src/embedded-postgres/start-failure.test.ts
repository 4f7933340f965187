// Proves that a start that fails says what to do.

import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { startEmbeddedPostgres } from './start-embedded-postgres.ts';
import {
  clusterIn,
  endAll,
  endTemplate,
  isRoot,
  makeDataDir,
  makeOwner,
  makeServer,
  makeTinyDisk,
  nobody,
} from './test-servers.ts';

afterEach(endAll);
afterAll(endTemplate);

it('a failed start says which PostgreSQL made the cluster', async () => {
  const first = await makeServer();
  await first.stop();
  await writeFile(join(clusterIn(first.dataDir), 'PG_VERSION'), '17\n');
  await expect(startEmbeddedPostgres({ dataDir: first.dataDir })).rejects.toMatchObject({
    code: 'embedded_postgres.version_differs',
    message: expect.stringMatching(/made by PostgreSQL 17.*Take a backup/),
  });
});

it('a failed start says which password file is missing', async () => {
  const first = await makeServer();
  await first.stop();
  await rm(join(first.dataDir, 'postgres', 'password'));
  await expect(startEmbeddedPostgres({ dataDir: first.dataDir })).rejects.toMatchObject({
    code: 'embedded_postgres.password_lost',
  });
});

it('a failed start shows the end of the log, and gives the directory free again', async () => {
  const first = await makeServer();
  await first.stop();
  const overrides = join(clusterIn(first.dataDir), 'postgresql.auto.conf');
  await writeFile(overrides, "shared_buffers = 'plenty'\n");
  await expect(startEmbeddedPostgres({ dataDir: first.dataDir })).rejects.toThrow(
    /does not start.*invalid value for parameter "shared_buffers"/s,
  );
  await writeFile(overrides, '');
  expect((await makeServer({ dataDir: first.dataDir })).adopted).toBe(false);
});

it.runIf(isRoot)('a failed start says that the disk is full', async ({ skip }) => {
  const dataDir = await makeTinyDisk();
  if (dataDir === undefined) return skip('this system forbids mounts');
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({
    code: 'embedded_postgres.disk_full',
    message: expect.stringMatching(/disk that holds .* is full\. Free some space/),
  });
});

it.runIf(isRoot)(
  'a failed start says that an ordinary user may not write to the directory',
  async () => {
    const dataDir = await makeDataDir();
    await chmod(dataDir, 0o755);
    await expect(makeOwner({ dataDir, account: nobody })).rejects.toThrow(
      /cannot write to its data directory .*chown/,
    );
  },
);
