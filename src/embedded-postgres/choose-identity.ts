// Decides under which account PostgreSQL runs, so that Usher works as an ordinary user and as root.

import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { type Identity, runAs } from './identity.ts';
import { makeStartFailure } from './start-failure.ts';

export type Isolation = 'namespace' | 'user';

const REFUSES_ROOT = 'PostgreSQL refuses to run as root.';

interface Account {
  name: string;
  uid: number;
  gid: number;
}

/**
 * An ordinary user runs it as themselves. Root runs it in a user namespace, which leaves the files
 * root's and works below a directory that only root may enter; where namespaces are forbidden, as
 * in most containers, root drops to an unprivileged user.
 *
 * @param options.clusterOwner uid and gid that own an existing cluster, which decide for root.
 * @param options.isolation leaves root only one of the two ways.
 */
export async function chooseIdentity(options: {
  dir: string;
  clusterOwner: { uid: number; gid: number } | undefined;
  isolation: Isolation | undefined;
}): Promise<Identity> {
  const { dir, clusterOwner, isolation } = options;
  if (process.getuid?.() !== 0) return ordinaryIdentity(dir, clusterOwner);
  if (clusterOwner !== undefined && clusterOwner.uid !== 0) {
    return { kind: 'user', uid: clusterOwner.uid, gid: clusterOwner.gid };
  }
  if (isolation !== 'user') {
    const namespace = await namespaceIdentity();
    if (namespace !== undefined && (await canEnter(namespace, dir))) return namespace;
    if (isolation === 'namespace')
      throw noIsolation(
        `${REFUSES_ROOT} This system forbids user namespaces, or they do not reach ${dir}.`,
      );
  }
  return unprivilegedIdentity();
}

/** Whether the account may pass through every directory down to this one. */
export async function canEnter(identity: Identity, dir: string): Promise<boolean> {
  return (await runAs(identity, '/bin/sh', ['-c', 'cd -- "$1"', 'sh', dir])).ok;
}

async function ordinaryIdentity(
  dir: string,
  clusterOwner: { uid: number } | undefined,
): Promise<Identity> {
  const uid = process.getuid?.();
  if (clusterOwner !== undefined && clusterOwner.uid !== uid) {
    throw makeStartFailure(
      'embedded_postgres.not_writable',
      `The database in ${dir} belongs to the user with id ${clusterOwner.uid}, but Usher runs as ${uid}. Run Usher as that user, or give the directory to this one: chown -R ${uid} ${dir}`,
    );
  }
  if (hasAccountEntry()) return { kind: 'self' };
  // Containers that run with an arbitrary uid: initdb insists on a user name.
  const namespace = await namespaceIdentity();
  if (namespace !== undefined && (await canEnter(namespace, dir))) return namespace;
  throw noIsolation(`The user id ${uid} has no entry in /etc/passwd, which PostgreSQL needs.`);
}

function hasAccountEntry(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

/** Undefined where namespaces do not exist or are forbidden; only trying tells. */
async function namespaceIdentity(): Promise<Identity | undefined> {
  if (process.platform !== 'linux') return undefined;
  // 65534 is what unmapped ids look like from inside; a distinct one keeps owners apart.
  const account = (await readAccounts()).find(({ uid }) => uid !== 0 && uid !== 65534);
  if (account === undefined) return undefined;
  const identity: Identity = { kind: 'namespace', uid: account.uid, gid: account.gid };
  const probe = await runAs(identity, '/bin/sh', ['-c', ':']);
  return probe.ok ? identity : undefined;
}

/** A user named usher, if the operator made one, may keep the files apart from nobody's. */
async function unprivilegedIdentity(): Promise<Identity> {
  const accounts = await readAccounts();
  const account =
    accounts.find(({ name }) => name === 'usher') ?? accounts.find(({ name }) => name === 'nobody');
  if (account === undefined || account.uid === 0) {
    throw noIsolation(`${REFUSES_ROOT} No user named usher or nobody exists to run it as.`);
  }
  return { kind: 'user', uid: account.uid, gid: account.gid };
}

async function readAccounts(): Promise<Account[]> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 7)
    .map(([name = '', , uid, gid]) => ({ name, uid: toId(uid), gid: toId(gid) }));
}

/** macOS writes nobody's id as -2, while the system calls want it unsigned. */
function toId(text: string | undefined): number {
  return Number(text) >>> 0;
}

function noIsolation(reason: string): Error {
  return makeStartFailure(
    'embedded_postgres.no_isolation',
    `${reason} Run Usher as an ordinary user (useradd usher), or set DATABASE_URL to a PostgreSQL of your own.`,
  );
}
