// Makes servers and their owners for the tests beside it, and ends every one of them afterwards.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { findPostmaster } from './find-postmaster.ts';
import { locateCluster } from './locate-cluster.ts';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './start-embedded-postgres.ts';
import { stopPostmaster } from './stop-postmaster.ts';

interface Account {
  uid: number;
  gid: number;
}

export const isRoot = process.getuid?.() === 0;
export const nobody: Account = { uid: 65534, gid: 65534 };

const dataDirs = new Set<string>();
const disks = new Set<string>();
const children = new Set<ChildProcess>();
let template: Promise<string> | undefined;

export async function makeServer(
  options: Partial<EmbeddedPostgresOptions> = {},
): Promise<EmbeddedPostgres & { dataDir: string }> {
  const dataDir = options.dataDir ?? (await makeUsedDataDir());
  dataDirs.add(dataDir);
  return { ...(await startEmbeddedPostgres({ ...options, dataDir })), dataDir };
}

/** Private to its owner, like everything that mkdtemp makes. */
export async function makeDataDir(options: { owner?: Account } = {}): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-embedded-'));
  dataDirs.add(dataDir);
  if (options.owner) await chown(dataDir, options.owner.uid, options.owner.gid);
  return dataDir;
}

/** A stopped server's directory, copied: 0.2 s instead of the 1 to 2 s of making a new one. */
export async function makeUsedDataDir(): Promise<string> {
  template ??= makeTemplate();
  const dataDir = await makeDataDir();
  await cp(await template, dataDir, { recursive: true });
  return dataDir;
}

async function makeTemplate(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-embedded-'));
  const server = await startEmbeddedPostgres({ dataDir });
  await server.stop();
  return dataDir;
}

/** For afterAll. */
export async function endTemplate(): Promise<void> {
  if (template) await rm(await template, { recursive: true, force: true });
  template = undefined;
}

/** Undefined where even root may not mount. */
export async function makeTinyDisk(): Promise<string | undefined> {
  const dir = await makeDataDir();
  try {
    await promisify(execFile)('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', dir]);
  } catch {
    return undefined;
  }
  disks.add(dir);
  return dir;
}

/** Some living process that is no PostgreSQL. */
export function makeSleeper(): ChildProcess {
  const sleeper = spawn('sleep', ['60']);
  children.add(sleeper);
  return sleeper;
}

export interface Owner {
  pid: number;
  process: ChildProcess;
  dataDir: string;
  connectionString: string;
  /** In order: the server first. */
  stop(): Promise<void>;
  /** The way a crash or the kernel would. */
  kill(): Promise<void>;
}

const OWNER_PROGRAM = `
  import { startEmbeddedPostgres } from ${JSON.stringify(import.meta.resolve('./start-embedded-postgres.ts'))};
  const [dataDir, ignoreInterrupt] = process.argv.slice(1);
  if (ignoreInterrupt === 'true') process.on('SIGINT', () => {});
  try {
    const server = await startEmbeddedPostgres({ dataDir });
    process.stdout.write(server.connectionString + '\\n');
    process.stdin.once('data', async () => {
      await server.stop();
      process.stdin.destroy();
    });
  } catch (error) {
    process.stdout.write('failed: ' + error.message.replaceAll('\\n', ' ') + '\\n');
  }
`;

/** A process of its own that has started the server; rejects with what its start threw. */
export async function makeOwner(
  options: { dataDir?: string; account?: Account; ignoreInterrupt?: boolean } = {},
): Promise<Owner> {
  const dataDir = options.dataDir ?? (await makeUsedDataDir());
  const args = ['--input-type=module', '--eval', OWNER_PROGRAM, dataDir];
  const child = spawn(process.execPath, [...args, String(options.ignoreInterrupt ?? false)], {
    ...options.account,
    cwd: '/',
    // The leader of its own group, as a program in a terminal is.
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.add(child);
  const [answer] = await once(createInterface(child.stdout), 'line');
  if (!String(answer).startsWith('postgresql:')) throw new Error(String(answer));
  return {
    pid: child.pid ?? 0,
    process: child,
    dataDir,
    connectionString: String(answer),
    async stop() {
      const ended = once(child, 'exit');
      child.stdin.write('stop\n');
      await ended;
    },
    async kill() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

export async function query(server: { connectionString: string }, sql: string): Promise<object[]> {
  const client = new Client({ connectionString: server.connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

export function clusterIn(dataDir: string): string {
  return join(dataDir, 'postgres', 'cluster', 'data');
}

/** For afterEach: nothing that a test started outlives it, also when it failed. */
export async function endAll(): Promise<void> {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  for (const dataDir of dataDirs) await endDataDir(dataDir);
  for (const disk of disks) await promisify(execFile)('umount', [disk]);
  for (const dataDir of dataDirs) await rm(dataDir, { recursive: true, force: true });
  dataDirs.clear();
  disks.clear();
}

async function endDataDir(dataDir: string): Promise<void> {
  const dir = join(dataDir, 'postgres');
  const { home, pgData } = await locateCluster(dir).catch(() => ({ home: '', pgData: '' }));
  const left = await findPostmaster(pgData);
  if (left) await stopPostmaster({ pid: left.pid, pgData, log: () => {} });
  const elsewhere = await readFile(join(dir, 'location'), 'utf8').catch(() => '');
  if (elsewhere !== '') await rm(home, { recursive: true, force: true });
}
