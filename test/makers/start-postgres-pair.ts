// A primary and its synchronous standby, as an operator sets them up: each behind an address that stays.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { onTestFinished } from 'vitest';
import { chooseIdentity } from '../../src/embedded-postgres/choose-identity.ts';
import { findBinaries } from '../../src/embedded-postgres/find-binaries.ts';
import { commandAs, type Identity } from '../../src/embedded-postgres/identity.ts';
import { locateCluster } from '../../src/embedded-postgres/locate-cluster.ts';
import { readPasswords } from '../../src/embedded-postgres/passwords.ts';
import { provideBinaries } from '../../src/embedded-postgres/provide-binaries.ts';
import { startEmbeddedPostgres } from '../../src/embedded-postgres/start-embedded-postgres.ts';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { startTcpProxy, type TcpProxy } from './start-tcp-proxy.ts';
import { eventually } from './start-test-usher.ts';

export interface PairedServer {
  /** Between it and everybody else, its peer too. */
  proxy: TcpProxy;
  start(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** In order: a standby that is connected has all of it then. */
  stop(): Promise<void>;
  /** Cancels the commits that wait for the standby, as an operator would; tells how many. */
  cancelWaiting(): Promise<number>;
  /** It takes writes from now on, and waits for no standby. */
  promote(): Promise<void>;
  /** Where it is stopped: it starts as the standby of the other. */
  follow(): Promise<void>;
  /** From now on a commit waits for the other one, which is its standby. */
  expectStandby(): Promise<void>;
}

export interface PostgresPair {
  /** Names both. */
  url: string;
  /** The primary, until it fails. */
  first: PairedServer;
  second: PairedServer;
  /** One address, which leads to the first. */
  floatingUrl: string;
  /** Now it leads to the second. */
  float(): Promise<void>;
}

const NAMES = ['first', 'second'] as const;
type Name = (typeof NAMES)[number];

export async function startPostgresPair(): Promise<PostgresPair> {
  const root = await mkdtemp(join(tmpdir(), 'usher-pair-'));
  onTestFinished(() => rm(root, { recursive: true, force: true, maxRetries: 10 }));
  const made = await startEmbeddedPostgres({ dataDir: join(root, 'first') });
  await made.stop();
  await promisify(execFile)('cp', ['-a', join(root, 'first'), join(root, 'second')]);
  const [ports, proxies] = [new Map<Name, number>(), new Map<Name, TcpProxy>()];
  for (const name of NAMES) {
    const port = await findFreePort();
    ports.set(name, port);
    proxies.set(name, await startTcpProxy({ host: '127.0.0.1', port }));
  }
  const portOf = (name: Name) => ports.get(name) as number;
  const proxyOf = (name: Name) => proxies.get(name) as TcpProxy;
  const prepare = (name: Name, peer: Name) =>
    prepareServer({
      ...{ name, peer, directory: join(root, name, 'postgres') },
      ...{ port: portOf(name), proxy: proxyOf(name), peerPort: proxyOf(peer).port },
    });
  const first = await prepare('first', 'second');
  const second = await prepare('second', 'first');
  await first.start();
  await second.follow();
  await first.expectStandby();
  const target = { host: '127.0.0.1', port: portOf('first') };
  const floating = await startTcpProxy(target);
  const at = (hosts: string) => made.connectionString.replace(/127\.0\.0\.1:\d+/, hosts);
  const hosts = NAMES.map((name) => `127.0.0.1:${proxyOf(name).port}`);
  return {
    ...{ first, second, url: at(hosts.join(',')), floatingUrl: at(`127.0.0.1:${floating.port}`) },
    float: async () => {
      await floating.goDown();
      target.port = portOf('second');
      await floating.comeBack();
    },
  };
}

interface Place {
  name: Name;
  peer: Name;
  /** `<data directory>/postgres` */
  directory: string;
  port: number;
  proxy: TcpProxy;
  /** By its proxy. */
  peerPort: number;
}

async function prepareServer(place: Place): Promise<PairedServer> {
  const { name, peer, directory, port, proxy, peerPort } = place;
  const { home, pgData, owner } = await locateCluster(directory);
  const account = { clusterOwner: owner, isolation: undefined };
  const identity = await chooseIdentity({ dir: directory, ...account });
  const binaries = await provideBinaries({ installed: await findBinaries(), home, identity });
  const { superuser: password } = await readPasswords(directory);
  const ask = (sql: string) => askAlone(sql, { port, password });
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = launch({ program: binaries.postgres, identity, pgData, port });
    const answers = () => ask('select').then(Boolean, () => false);
    await eventually(answers, Boolean, 60_000);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  onTestFinished(() => end('SIGQUIT'));
  return {
    ...{ proxy, start },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGINT'),
    cancelWaiting: async () => (await ask(CANCEL_WAITING)).length,
    promote: async () => {
      await ask('select pg_promote()');
    },
    expectStandby: async () => {
      await ask(`alter system set synchronous_standby_names = '"${peer}"'`);
      await ask('select pg_reload_conf()');
      await eventually(
        () => ask(FOLLOWING),
        ({ length }) => length === 1,
      );
    },
    follow: async () => {
      const leader = `host=127.0.0.1 port=${peerPort} user=postgres password=${password} application_name=${name}`;
      const settings = `synchronous_standby_names = ''\nprimary_conninfo = '${leader}'\n`;
      await appendFile(join(pgData, 'postgresql.auto.conf'), settings);
      const signal = join(pgData, 'standby.signal');
      await writeFile(signal, '');
      if (identity.kind === 'user') await chown(signal, identity.uid, identity.gid);
      await start();
    },
  };
}

const CANCEL_WAITING = `select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'`;
const FOLLOWING = `select from pg_stat_replication where state = 'streaming' and sync_state = 'sync'`;

/** On a connection of its own, not by the proxy. */
async function askAlone(
  sql: string,
  { port, password }: { port: number; password: string },
): Promise<unknown[]> {
  const login = { user: 'postgres', password, database: 'postgres' };
  const client = new Client({ ...login, host: '127.0.0.1', port });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function launch(options: {
  program: string;
  identity: Identity;
  pgData: string;
  port: number;
}): ChildProcess {
  const { program, identity, pgData, port } = options;
  const command = commandAs(identity, program, ['-D', pgData, '-p', String(port)]);
  return spawn(command.program, command.args, { ...command.options, cwd: '/', stdio: 'ignore' });
}
