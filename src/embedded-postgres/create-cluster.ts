// Creates the files of a new PostgreSQL cluster, completely or not at all.

import { randomUUID } from 'node:crypto';
import { appendFile, chown, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './find-binaries.ts';
import { type Identity, runAs } from './identity.ts';
import { makeStartFailure } from './start-failure.ts';
import { syncDirectory } from './write-file-durably.ts';

const DRAFT = 'draft-';

/**
 * Takes about 0.9 s, of which letting initdb sync everything to disk is 0.2 s: too little to skip.
 * The cluster is made under another name and moved into place, so that a crash in between leaves
 * only a draft, which the next start removes.
 */
export async function createCluster(options: {
  home: string;
  pgData: string;
  binaries: Binaries;
  identity: Identity;
  password: string;
}): Promise<void> {
  const { home, pgData, binaries, identity, password } = options;
  await removeDrafts(home);
  const draft = join(home, `${DRAFT}${randomUUID()}`);
  const passwordFile = `${draft}.password`;
  await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' });
  if (identity.kind === 'user') await chown(passwordFile, identity.uid, identity.gid);
  const made = await runAs(identity, binaries.initdb, initdbArguments(draft, passwordFile));
  await rm(passwordFile);
  if (!made.ok) {
    await removeDrafts(home);
    throw makeStartFailure(
      'embedded_postgres.start_failed',
      `PostgreSQL could not create its database in ${home}. It says:\n${made.output}`,
    );
  }
  await includeSettings(draft);
  await rename(draft, pgData);
  await syncDirectory(home);
}

function initdbArguments(pgData: string, passwordFile: string): string[] {
  return [
    ...['--pgdata', pgData, '--username=postgres', `--pwfile=${passwordFile}`],
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Sorts by code point, the same on every system, and knows the case of all letters of Unicode.
    ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    '--no-instructions',
  ];
}

async function includeSettings(pgData: string): Promise<void> {
  const path = join(pgData, 'postgresql.conf');
  await appendFile(path, "\ninclude_if_exists = 'usher.conf'\n");
  const file = await open(path);
  await file.sync();
  await file.close();
}

async function removeDrafts(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (name.startsWith(DRAFT)) await rm(join(home, name), { recursive: true, force: true });
  }
}
