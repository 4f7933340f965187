// Makes sure that the account which runs PostgreSQL can really run the programs.

import { cp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Binaries, binariesIn } from './find-binaries.ts';
import { type Identity, runAs } from './identity.ts';
import { giveTree } from './place-cluster.ts';
import { restoreSymlinks } from './restore-symlinks.ts';
import { makeStartFailure } from './start-failure.ts';

/**
 * The installed programs where possible. A copy in the cluster's home (60 MB) when they lie where
 * the account may not go, or when their library links are missing and may not be made there.
 *
 * @throws a start failure that says what the program answered, when even the copy does not run.
 */
export async function provideBinaries(options: {
  installed: Binaries;
  home: string;
  identity: Identity;
}): Promise<Binaries> {
  const { installed, home, identity } = options;
  if ((await restoreSymlinks(installed.nativeDir)) && (await tryRun(installed, identity)).ok) {
    return installed;
  }
  const copy = binariesIn(join(home, `native-${installed.version}`), installed.version);
  if ((await tryRun(copy, identity)).ok) return copy;
  await copyNative(installed.nativeDir, copy.nativeDir, identity);
  await removeOlderCopies(home, copy.nativeDir);
  const attempt = await tryRun(copy, identity);
  if (attempt.ok) return copy;
  throw makeStartFailure(
    'embedded_postgres.binaries_missing',
    `PostgreSQL's programs from ${installed.nativeDir} do not run on this system: ${attempt.output}. They need Linux with glibc (not Alpine) or macOS, and all files that npm installs; try \`npm rebuild\`, or install PostgreSQL 15 or newer yourself and set DATABASE_URL.`,
  );
}

/** initdb needs libpq and postgres needs ICU, so both are asked. */
async function tryRun(
  binaries: Binaries,
  identity: Identity,
): Promise<{ ok: boolean; output: string }> {
  const attempts = await Promise.all([
    runAs(identity, binaries.initdb, ['--version']),
    runAs(identity, binaries.postgres, ['--version']),
  ]);
  return attempts.find(({ ok }) => !ok) ?? { ok: true, output: '' };
}

async function copyNative(from: string, to: string, identity: Identity): Promise<void> {
  const draft = `${to}.new`;
  await rm(draft, { recursive: true, force: true });
  await cp(from, draft, { recursive: true, verbatimSymlinks: true });
  await restoreSymlinks(draft);
  // Installed under a strict umask, the copies would be readable by root alone.
  if (identity.kind === 'user') await giveTree(draft, identity);
  await rm(to, { recursive: true, force: true });
  await rename(draft, to);
}

async function removeOlderCopies(home: string, keep: string): Promise<void> {
  for (const name of await readdir(home)) {
    const path = join(home, name);
    if (name.startsWith('native-') && path !== keep) await rm(path, { recursive: true });
  }
}
