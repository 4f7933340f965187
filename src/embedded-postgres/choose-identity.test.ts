// Proves that PostgreSQL runs whoever starts Usher, also where only root may enter.

import { chmod, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import {
  clusterIn,
  endAll,
  endTemplate,
  isRoot,
  makeDataDir,
  makeOwner,
  makeServer,
  nobody,
  query,
} from './test-servers.ts';

afterEach(endAll);
afterAll(endTemplate);

it.runIf(isRoot)('runs for root, below a directory that only root may enter', async () => {
  const dataDir = join(await makeDataDir(), 'deep');
  const server = await makeServer({ dataDir, isolation: 'namespace' });
  expect(await query(server, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect((await stat(clusterIn(dataDir))).uid).toBe(0);
});

it.runIf(isRoot)(
  'runs for root without namespaces, below a directory that only root may enter',
  async () => {
    const dataDir = await makeDataDir();
    const lines: string[] = [];
    const first = await makeServer({
      dataDir,
      isolation: 'user',
      log: (line) => lines.push(line),
    });
    await query(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const home = (await readFile(join(first.dataDir, 'postgres', 'location'), 'utf8')).trim();
    expect(lines.join()).toContain(`the database is kept in ${home}`);
    expect((await stat(join(home, 'data'))).uid).toBe(nobody.uid);
    await first.stop();
    // Found again, also when nothing is said about isolation.
    const second = await makeServer({ dataDir: first.dataDir });
    expect(await query(second, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  },
);

it.runIf(isRoot)(
  'runs for root without namespaces, in a directory that others may enter',
  async () => {
    const parent = await makeDataDir();
    await chmod(parent, 0o755);
    const dataDir = join(parent, 'made-by-usher');
    const first = await makeServer({ dataDir, isolation: 'namespace' });
    await query(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const second = await makeServer({ dataDir, isolation: 'user' });
    expect(await query(second, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect((await stat(clusterIn(dataDir))).uid).toBe(nobody.uid);
  },
);

it.runIf(isRoot)('runs for an ordinary user', async () => {
  const dataDir = await makeDataDir({ owner: nobody });
  const owner = await makeOwner({ dataDir, account: nobody });
  expect(await query(owner, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect((await stat(clusterIn(dataDir))).uid).toBe(nobody.uid);
});
