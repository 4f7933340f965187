// Proves on living processes that nothing PostgreSQL runs as can read Usher's secrets.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { findPostmaster } from './find-postmaster.ts';
import { runAs } from './identity.ts';
import { clusterIn, endAll, endTemplate, makeServer, query } from './test-servers.ts';

afterEach(async () => {
  delete process.env.USHER_ADMIN_TOKEN;
  await endAll();
});
afterAll(endTemplate);

it('what the server runs for a superuser sees no secret of Usher', async () => {
  process.env.USHER_ADMIN_TOKEN = 'not-for-postgres';
  const server = await makeServer();
  const superuser = await asSuperuser(server);
  await query(superuser, 'CREATE TABLE seen (line text)');
  await query(superuser, "COPY seen FROM PROGRAM '/usr/bin/env'");
  const lines = JSON.stringify(await query(superuser, 'SELECT line FROM seen'));
  expect(lines).toContain('LC_TIME=C');
  expect(lines).not.toContain('not-for-postgres');
});

it.runIf(process.platform === 'linux')('the server itself was given none', async () => {
  process.env.USHER_ADMIN_TOKEN = 'not-for-postgres';
  const server = await makeServer();
  const postmaster = await findPostmaster(clusterIn(server.dataDir));
  const environment = await readFile(`/proc/${postmaster?.pid}/environ`, 'utf8');
  expect(environment).toContain('LC_ALL=C');
  expect(environment).not.toContain('not-for-postgres');
});

it('a program that prepares the cluster is given listed variables only', async () => {
  process.env.USHER_ADMIN_TOKEN = 'not-for-postgres';
  const { output } = await runAs({ kind: 'self' }, '/usr/bin/env', []);
  const names = output.split('\n').map((line) => line.split('=')[0]);
  expect(names).toContain('PATH');
  expect(names).not.toContain('USHER_ADMIN_TOKEN');
  expect(names.filter((name) => /^(USHER|npm|VITEST|NODE)/.test(name ?? ''))).toEqual([]);
});

async function asSuperuser(server: { connectionString: string; dataDir: string }) {
  const url = new URL(server.connectionString);
  const file = join(server.dataDir, 'postgres', 'superuser-password');
  url.username = 'postgres';
  url.password = (await readFile(file, 'utf8')).trim();
  return { connectionString: url.href };
}
