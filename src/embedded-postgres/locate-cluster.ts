// Knows where the cluster of a data directory lies and whom it belongs to.

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeStartFailure } from './start-failure.ts';

export interface Cluster {
  /** Belongs to the account that runs PostgreSQL; holds data/, log/ and perhaps the programs. */
  home: string;
  /** What PostgreSQL calls its data directory. */
  pgData: string;
  /** The account that already owns the cluster or its home, undefined when there is neither. */
  owner: { uid: number; gid: number } | undefined;
  /** PostgreSQL's major version of an existing cluster. */
  major: string | undefined;
}

/** The file that says where the cluster lies when it could not be put below the data directory. */
export function locationFile(dir: string): string {
  return join(dir, 'location');
}

export async function locateCluster(dir: string): Promise<Cluster> {
  const elsewhere = await readFile(locationFile(dir), 'utf8').catch(() => '');
  const home = elsewhere.trim() || join(dir, 'cluster');
  const pgData = join(home, 'data');
  const version = await readIfPresent(join(pgData, 'PG_VERSION'));
  if (version === undefined) {
    const owner = await ownerOf(home);
    if (elsewhere !== '' && owner === undefined) throw lostHome(dir, home);
    return { home, pgData, owner, major: undefined };
  }
  return { home, pgData, owner: await ownerOf(pgData), major: version.trim() };
}

async function ownerOf(path: string): Promise<Cluster['owner']> {
  return stat(path).then(
    ({ uid, gid }) => ({ uid, gid }),
    () => undefined,
  );
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Beginning with an empty database when the old one is only unmounted would look like data loss. */
function lostHome(dir: string, home: string): Error {
  return makeStartFailure(
    'embedded_postgres.cluster_lost',
    `The database was kept in ${home}, which is gone. Bring that directory back, or delete ${locationFile(dir)} to begin with an empty database.`,
  );
}
