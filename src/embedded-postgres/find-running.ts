// Finds the server that runs in a data directory, for a program beside the one that owns it.

import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { connectionString, NAME } from './ensure-database.ts';
import { findPostmaster } from './find-postmaster.ts';
import { locateCluster } from './locate-cluster.ts';
import { readPasswords } from './passwords.ts';

/** Its connection string, as its owner has it; null: none is ready on this machine. */
export async function findRunning(dataDir: string): Promise<string | null> {
  const dir = await realpath(join(resolve(dataDir), 'postgres'));
  const { pgData } = await locateCluster(dir);
  const server = await findPostmaster(pgData);
  if (server === undefined || !server.ready || server.port === undefined) return null;
  const { role } = await readPasswords(dir);
  return connectionString(NAME, server.port, role, NAME);
}
