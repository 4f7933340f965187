// Servers of the release before and new ones on one database, killed while webhooks arrive, until all are new.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Pool } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { makeDatabase } from '../makers/make-database.ts';
import type { ServerProcess } from './server-process.ts';
import { underFire } from './under-fire.ts';

const long = process.env.USHER_LONG_TESTS === '1';
const SIZE = long ? { webhooks: 3000, kills: 12 } : { webhooks: 300, kills: 2 };

/** Until there is a release that does: the first that starts on a newer schema. */
const PREVIOUS = 'ba58a4b5bf6e8ec0e14a7698c5edab8dc4306667';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);
/** null: nothing. In a copy without its history nothing can be said. */
const missing = await run('git', ['cat-file', '-e', PREVIOUS], { cwd: root }).then(
  () => null,
  () => '(skipped: this copy does not have the history of the project)',
);

/** The program of that release, with the packages of this one. */
async function unpackPrevious(): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-previous-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const archive = join(folder, 'previous.tar');
  const kept = ['src', 'web', 'widget', 'packages', 'package.json', 'openapi.json'];
  await run('git', ['archive', '--output', archive, PREVIOUS, ...kept], { cwd: root });
  await run('tar', ['-xf', archive, '-C', folder]);
  for (const name of ['node_modules', 'dist']) await symlink(join(root, name), join(folder, name));
  return pathToFileURL(join(folder, 'src/cli/usher.ts'));
}

/** Whatever a later migration may add: a statement that selects all columns would fail from then on. */
async function addToAllTables(pool: Pool, runsUnder: string): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select relname as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'migration'`,
  );
  for (const { name } of rows) {
    await pool.query(`alter table ${name} add column added_later text not null default 'later'`);
  }
  await pool.query(
    `insert into migration (name, checksum, runs_under) values ('999-later.sql', 'of later', $1)`,
    [runsUnder],
  );
}

test.skipIf(missing)(
  `servers of the release before go on, and start again, on a newer schema beside new ones: nothing is lost or doubled, and no answer is an error of theirs ${missing ?? ''}`,
  async () => {
    const { pool, url } = await makeDatabase({ empty: true });
    const program = await unpackPrevious();
    let updated: ServerProcess[] = [];
    const crash = async (servers: readonly ServerProcess[]): Promise<void> => {
      const [first] = servers;
      const { rows } = await pool.query<{ newest: string }>(
        'select max(name) as newest from migration',
      );
      await first?.stop();
      first?.update();
      first?.start();
      await first?.ready();
      await addToAllTables(pool, rows[0]?.newest ?? '');
      updated = [...servers];
    };
    const { refusals } = await underFire({ pool, url, crash }, { ...SIZE, program });
    expect([...refusals].filter((status) => status !== 503)).toEqual([]);
    for (const server of updated) {
      await server.stop();
      server.update();
      server.start();
      await server.ready();
    }
    expect(updated).toHaveLength(2);
  },
  420_000,
);
