// Restores the library links that npm cannot carry, when its install script was not allowed to run.

import { lstat, readFile, symlink } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';

interface Link {
  source: string;
  target: string;
}

/**
 * Without libpq.so.5 and its like no program of PostgreSQL starts. The package lists them in
 * pg-symlinks.json and makes them in a postinstall script, which `npm ci --ignore-scripts` skips.
 *
 * @returns false when links are missing and may not be made (a read-only or foreign directory).
 */
export async function restoreSymlinks(nativeDir: string): Promise<boolean> {
  const list = await readFile(join(nativeDir, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as Link[]) {
    const path = join(nativeDir, relative('native', target));
    if (await exists(path)) continue;
    try {
      await symlink(basename(source), path);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      // EEXIST: another process that starts now was first.
      if (error.code !== 'EEXIST') return false;
    }
  }
  return true;
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
