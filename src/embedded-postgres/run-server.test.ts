// Proves with killed processes that what they left is taken over or cleanly replaced.

import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { findPostmaster } from './find-postmaster.ts';
import {
  clusterIn,
  endAll,
  endTemplate,
  makeOwner,
  makeServer,
  makeSleeper,
  query,
} from './test-servers.ts';

afterEach(endAll);
afterAll(endTemplate);

it('the server of a killed owner is taken over', async () => {
  const owner = await makeOwner();
  await query(owner, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await owner.kill();
  const server = await makeServer({ dataDir: owner.dataDir });
  expect(server.adopted).toBe(true);
  expect(server.connectionString).toBe(owner.connectionString);
  expect(await query(server, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  await server.stop();
  expect(await findPostmaster(clusterIn(owner.dataDir))).toBeUndefined();
});

it('the server of a killed owner is restarted when it runs with other settings', async () => {
  const owner = await makeOwner();
  await owner.kill();
  await appendFile(join(clusterIn(owner.dataDir), 'usher.conf'), '# of an older Usher\n');
  const server = await makeServer({ dataDir: owner.dataDir });
  expect(server.adopted).toBe(false);
  expect(await query(server, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

it('what was committed is there after owner and server were killed', async () => {
  const owner = await makeOwner();
  await query(owner, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const postmaster = await findPostmaster(clusterIn(owner.dataDir));
  await owner.kill();
  process.kill(postmaster?.pid ?? 0, 'SIGKILL');
  const server = await makeServer({ dataDir: owner.dataDir });
  expect(server.adopted).toBe(false);
  expect(await query(server, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

it('an old pid file whose number another program has now does not block a start', async () => {
  const first = await makeServer();
  const pidFile = join(clusterIn(first.dataDir), 'postmaster.pid');
  const [, ...rest] = (await readFile(pidFile, 'utf8')).split('\n');
  await first.stop();
  const sleeper = makeSleeper();
  await writeFile(pidFile, [sleeper.pid, ...rest].join('\n'));
  const server = await makeServer({ dataDir: first.dataDir });
  expect(server.adopted).toBe(false);
  expect(sleeper.exitCode).toBeNull();
});
