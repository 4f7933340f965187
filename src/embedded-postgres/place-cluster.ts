// Prepares the directory in which PostgreSQL keeps its files, where its account may enter.

import { chmod, chown, lchown, mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { canEnter } from './choose-identity.ts';
import { findPostmaster } from './find-postmaster.ts';
import type { Identity } from './identity.ts';
import { type Cluster, locationFile } from './locate-cluster.ts';
import { makeStartFailure } from './start-failure.ts';
import { stopPostmaster } from './stop-postmaster.ts';
import { writeFileDurably } from './write-file-durably.ts';

/** Outlives a reboot, unlike the directory for temporary files. */
const SHARED_STATE_DIR = '/var/lib';

/**
 * @param options.dir the directory of Usher itself, below the data directory.
 * @returns the cluster, its home made and owned by the account.
 */
export async function placeCluster(options: {
  dir: string;
  dataDir: string;
  cluster: Cluster;
  identity: Identity;
  log: (line: string) => void;
}): Promise<Cluster> {
  const { dir, cluster, identity } = options;
  if (identity.kind !== 'user') {
    await mkdir(cluster.home, { recursive: true, mode: 0o700 });
    return cluster;
  }
  const home = await findHomeForUser({ ...options, identity });
  if (cluster.owner?.uid === 0) await takeFromRoot(cluster, identity, options.log);
  await chown(home, identity.uid, identity.gid);
  await chmod(home, 0o700);
  if (home !== cluster.home) {
    await writeFileDurably({ path: locationFile(dir), content: `${home}\n`, mode: 0o600 });
  }
  return { ...cluster, home, pgData: join(home, 'data') };
}

/** Below the data directory if the user may enter there, else where root keeps such state. */
async function findHomeForUser(options: {
  dir: string;
  dataDir: string;
  cluster: Cluster;
  identity: Identity;
  log: (line: string) => void;
}): Promise<string> {
  const { dir, dataDir, cluster, identity, log } = options;
  const isElsewhere = cluster.home !== join(dir, 'cluster');
  if (isElsewhere) return cluster.home;
  // Others may pass through to the cluster, but not list what lies here.
  await chmod(dir, 0o711);
  if (await canEnter(identity, dir)) {
    await mkdir(cluster.home, { recursive: true, mode: 0o700 });
    return cluster.home;
  }
  await chmod(dir, 0o700);
  if (cluster.major !== undefined) throw unreachable(dataDir);
  const home = await makeHomeElsewhere(dataDir);
  log(
    `The user who runs PostgreSQL may not enter ${dataDir}, so the database is kept in ${home}. Include that directory in backups.`,
  );
  return home;
}

async function makeHomeElsewhere(dataDir: string): Promise<string> {
  await mkdir(SHARED_STATE_DIR, { recursive: true });
  // A fresh name, never a guessable one: whatever lies there already is not ours.
  const home = await mkdtemp(join(SHARED_STATE_DIR, 'usher-'));
  const note = `The database of Usher's data directory ${dataDir}\n`;
  await writeFileDurably({ path: join(home, 'belongs-to'), content: note, mode: 0o644 });
  return home;
}

/** Gives a directory and all below it to an account; links themselves, not what they point to. */
export async function giveTree(dir: string, to: { uid: number; gid: number }): Promise<void> {
  const entries = await readdir(dir, { recursive: true });
  for (const entry of entries) await lchown(join(dir, entry), to.uid, to.gid);
  await lchown(dir, to.uid, to.gid);
}

/** A cluster that root made in a namespace, on a system that allows none any more. */
async function takeFromRoot(
  cluster: Cluster,
  identity: { uid: number; gid: number },
  log: (line: string) => void,
): Promise<void> {
  const left = await findPostmaster(cluster.pgData);
  if (left) await stopPostmaster({ pid: left.pid, pgData: cluster.pgData, log });
  await giveTree(cluster.home, identity);
}

function unreachable(dataDir: string): Error {
  return makeStartFailure(
    'embedded_postgres.no_isolation',
    `PostgreSQL refuses to run as root, this system forbids user namespaces, and no other user may enter ${dataDir}. Let others pass (chmod o+x) through every directory down to it, or allow user namespaces, or run Usher as the user who owns it.`,
  );
}
