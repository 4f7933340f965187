// A database that cannot be used is named at the start, with what to do.
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { startUsher } from '../../src/main.ts';
import { judgeVersion } from '../../src/startup/explain-database.ts';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { makeDatabase } from '../makers/make-database.ts';

const start = (url: URL) =>
  startUsher(readConfig({ PORT: '0', DATABASE_URL: url.href }), pino({ level: 'silent' }));

async function changed(change: (url: URL) => void): Promise<URL> {
  const url = new URL((await makeDatabase()).url);
  change(url);
  return url;
}

test('nobody there', async () => {
  const port = String(await findFreePort());
  const url = await changed((one) => {
    one.port = port;
  });
  await expect(start(url)).rejects.toThrow(
    `DATABASE_URL: no PostgreSQL answers at 127.0.0.1:${port}; start it, or check host, port and firewall`,
  );
});

test('an unknown host', async () => {
  const url = await changed((one) => {
    one.hostname = 'nowhere.invalid';
  });
  await expect(start(url)).rejects.toThrow(/^DATABASE_URL: the host nowhere\.invalid is not known/);
});

test('a wrong password, which is not repeated', async () => {
  const url = await changed((one) => {
    one.password = 'wrong-password';
  });
  const said = await start(url).then(String, (error: Error) => error.message);
  expect(said).toMatch(/^DATABASE_URL: PostgreSQL at .* refuses the user usher: .*; check user, /);
  expect(said).not.toContain('wrong-password');
});

test('a database that does not exist', async () => {
  const url = await changed((one) => {
    one.pathname = '/nothing_here';
  });
  await expect(start(url)).rejects.toThrow(
    /^DATABASE_URL: there is no database nothing_here at .*; make it: createdb .* -O usher nothing_here$/,
  );
});

test('a PostgreSQL that is too old', () => {
  expect(judgeVersion(14)).toMatch(/^PostgreSQL 14 is too old; use 15 or later/);
  expect(judgeVersion(15)).toBeNull();
});
