// Proves on a real server that the embedded PostgreSQL is durable, private and outlives a Ctrl-C.

import { once } from 'node:events';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { endAll, endTemplate, makeDataDir, makeOwner, makeServer, query } from './test-servers.ts';

afterEach(endAll);
afterAll(endTemplate);

it('the server is durable, in UTC and in UTF-8', async () => {
  const server = await makeServer({ dataDir: await makeDataDir() });
  const [settings] = await query(
    server,
    `SELECT current_setting('fsync') AS fsync,
            current_setting('full_page_writes') AS pages,
            current_setting('synchronous_commit') AS commit,
            current_setting('TimeZone') AS zone,
            current_setting('server_encoding') AS encoding,
            current_setting('data_checksums') AS checksums,
            upper('é') AS upper`,
  );
  expect(settings).toEqual({
    fsync: 'on',
    pages: 'on',
    commit: 'on',
    zone: 'UTC',
    encoding: 'UTF8',
    checksums: 'on',
    upper: 'É',
  });
});

it('the server lets in only who knows the generated password, and not as a superuser', async () => {
  const server = await makeServer();
  const stranger = new URL(server.connectionString);
  stranger.password = 'guess';
  await expect(query({ connectionString: stranger.href }, 'SELECT 1')).rejects.toThrow(
    'password authentication failed',
  );
  const [role] = await query(
    server,
    'SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = user',
  );
  expect(role).toEqual({ rolsuper: false, rolcreatedb: true });
  const password = await stat(join(server.dataDir, 'postgres', 'password'));
  expect(password.mode & 0o777).toBe(0o600);
});

it("the superuser's password is another than the one that Usher connects with", async () => {
  const server = await makeServer();
  const { role, superuser } = await passwordsIn(server.dataDir);
  expect(superuser).not.toBe(role);
  await expect(query(asSuperuser(server, role), 'SELECT 1')).rejects.toThrow(
    'password authentication failed',
  );
  expect(await query(asSuperuser(server, superuser), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  const file = await stat(join(server.dataDir, 'postgres', 'superuser-password'));
  expect(file.mode & 0o777).toBe(0o600);
});

it('a data directory in which both had one password gets two, and keeps its data', async () => {
  const first = await makeServer();
  await query(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const { role, superuser } = await passwordsIn(first.dataDir);
  await query(asSuperuser(first, superuser), `ALTER ROLE postgres PASSWORD '${role}'`);
  await first.stop();
  await rm(join(first.dataDir, 'postgres', 'superuser-password'));
  const second = await makeServer({ dataDir: first.dataDir });
  expect(await query(second, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  await expect(query(asSuperuser(second, role), 'SELECT 1')).rejects.toThrow(
    'password authentication failed',
  );
  const fresh = (await passwordsIn(second.dataDir)).superuser;
  expect(await query(asSuperuser(second, fresh), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

it("a superuser's password that was written and never set is set at the next start", async () => {
  const first = await makeServer();
  const { role, superuser } = await passwordsIn(first.dataDir);
  await query(asSuperuser(first, superuser), `ALTER ROLE postgres PASSWORD '${role}'`);
  await first.stop();
  const second = await makeServer({ dataDir: first.dataDir });
  expect(await query(asSuperuser(second, superuser), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

it("a lost superuser's password is told and keeps nobody from starting", async () => {
  const first = await makeServer();
  await first.stop();
  await writeFile(join(first.dataDir, 'postgres', 'superuser-password'), 'another\n');
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  const second = await makeServer({ dataDir: first.dataDir, log });
  expect(await query(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(lines.join()).toContain('superuser-password is missing or not the superuser');
});

it('the server keeps its data over a stop, which may be called twice', async () => {
  const first = await makeServer();
  await query(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await Promise.all([first.stop(), first.stop()]);
  const second = await makeServer({ dataDir: first.dataDir });
  expect(second.adopted).toBe(false);
  expect(await query(second, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

it('the server writes its log to a file of the weekday', async () => {
  const server = await makeServer();
  await expect(query(server, 'SELECT no_such_column')).rejects.toThrow();
  const day = new Date().toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' });
  const logFile = join(server.dataDir, 'postgres', 'cluster', 'log', `postgresql-${day}.log`);
  await expect.poll(() => readFile(logFile, 'utf8')).toContain('no_such_column');
});

it('the server is not reached by Ctrl-C in the terminal of its owner', async () => {
  const owner = await makeOwner({ ignoreInterrupt: true });
  process.kill(-owner.pid, 'SIGINT');
  expect(await query(owner, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

it('the server lets its owner end once it is stopped', async () => {
  const owner = await makeOwner();
  const ended = once(owner.process, 'exit');
  await owner.stop();
  expect(await ended).toEqual([0, null]);
});

async function passwordsIn(dataDir: string): Promise<{ role: string; superuser: string }> {
  const read = async (name: string) =>
    (await readFile(join(dataDir, 'postgres', name), 'utf8')).trim();
  return { role: await read('password'), superuser: await read('superuser-password') };
}

function asSuperuser(server: { connectionString: string }, password: string) {
  const url = new URL(server.connectionString);
  url.username = 'postgres';
  url.password = password;
  url.pathname = '/postgres';
  return { connectionString: url.href };
}
