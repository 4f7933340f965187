// What `usher doctor` says of a DATABASE_URL that names a primary and its standby.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { nameServers } from '../../src/addresses/database-address.ts';
import type { Check } from '../../src/cli/check.ts';
import { startPostgresPair } from '../makers/start-postgres-pair.ts';

const usher = fileURLToPath(new URL('../../src/cli/usher.ts', import.meta.url));

/** Of each server, in order. */
async function askDoctor(url: string): Promise<[state: string, says: string][]> {
  const env = { PATH: process.env.PATH ?? '', PORT: '9', USHER_ENV_FILE: '', DATABASE_URL: url };
  const { stdout } = await promisify(execFile)(process.execPath, [usher, '--json', 'doctor'], {
    env,
  }).catch((failed: { stdout: string }) => failed);
  const checks = JSON.parse(stdout) as Check[];
  return nameServers(url).flatMap((name) =>
    checks.filter((one) => one.name === `database ${name}`).map(({ state, says }) => [state, says]),
  );
}

test('which server takes writes, whether the other one could take over, and one too many that takes writes', async () => {
  const { url, first, second } = await startPostgresPair();
  expect(await askDoctor(url)).toEqual([
    ['ok', 'takes writes, and waits until a standby has them'],
    ['ok', 'is a standby'],
  ]);
  await second.kill();
  expect(await askDoctor(url)).toEqual([
    ['ok', 'takes writes, and waits until a standby has them'],
    ['warning', 'does not answer, and cannot take over; start it'],
  ]);
  await second.start();
  await second.promote();
  expect(await askDoctor(url)).toEqual([
    ['failed', expect.stringMatching(/^takes writes as well, and nobody uses it; stop it/)],
    [
      'warning',
      expect.stringMatching(
        /^takes writes, and waits for no standby: .* set synchronous_standby_names$/,
      ),
    ],
  ]);
  await first.kill();
  await second.stop();
  expect(await askDoctor(url)).toEqual([]);
});
