// Builds what `npm pack` takes: the compiled program and its pages, as files instead of links.
import { execFileSync } from 'node:child_process';
import { cp, lstat, readdir, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
// What was renamed since the last build must not be packed.
await rm('dist/src', { recursive: true, force: true });
for (const script of ['build:program', 'build:pages']) {
  execFileSync('npm', ['run', '--silent', script], { stdio: ['ignore', 'ignore', 'inherit'] });
}
const PAGES = 'dist/pages';
for (const name of await readdir(PAGES)) await unlink(join(PAGES, name));

/** npm packs no links; the next build of the pages replaces a folder as it replaces a link. */
async function unlink(path: string): Promise<void> {
  if (!(await lstat(path)).isSymbolicLink()) return;
  const copy = `${path}.${process.pid}`;
  await cp(await realpath(path), copy, { recursive: true, preserveTimestamps: true });
  await rm(path);
  await rename(copy, path);
}
