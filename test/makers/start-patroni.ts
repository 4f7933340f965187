// Three members of Patroni with a synchronous standby, etcd, and HAProxy before them, as Debian packages them.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { onTestFinished } from 'vitest';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { eventually } from './start-test-usher.ts';

const POSTGRES = '/usr/lib/postgresql/15/bin';
const PATRONI = '/usr/bin/patroni';
const ETCD = '/usr/bin/etcd';
const HAPROXY = '/usr/sbin/haproxy';

/** What is missing for it; null: nothing. */
export const patroniMissing = [PATRONI, ETCD, HAPROXY, `${POSTGRES}/postgres`].every(existsSync)
  ? null
  : 'apt-get install patroni etcd-server haproxy postgresql-15';

const SUPERUSER = { username: 'postgres', password: 'of-the-superuser' };
const REPLICATION = { username: 'replicator', password: 'of-the-replicator' };
/** A dead leader's place is free after so long: the least that Patroni allows. */
const LEASE_SECONDS = 20;

export interface PatroniMember {
  name: string;
  /** Of PostgreSQL. */
  port: number;
  /** As if its machine had lost its power. */
  kill(): Promise<void>;
  /** Patroni alone hangs: its PostgreSQL goes on, and somebody else becomes the leader. */
  hang(): void;
}

export interface PatroniCluster {
  /** Names all three. */
  url: string;
  /** By HAProxy, which knows the leader. */
  balancedUrl: string;
  leader(): Promise<PatroniMember>;
  /** In order: to a member that is synchronous. */
  switchOver(): Promise<void>;
}

interface State {
  members: { name: string; role: string; state: string }[];
}

export async function startPatroni(): Promise<PatroniCluster> {
  const account = await findAccount();
  const directory = await mkdtemp(join(tmpdir(), 'usher-patroni-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true, maxRetries: 10 }));
  await chown(directory, account.uid, account.gid);
  const run = (program: string, args: string[]) => runAlone(program, args, { directory, account });
  const etcd = await startEtcd(run, directory);
  const members: Member[] = [];
  for (const name of ['one', 'two', 'three']) {
    members.push(await startMember({ name, directory, account, etcd, run }));
  }
  const look = async (): Promise<State> => {
    for (const one of members) {
      const answer = await ask(one, 'cluster');
      if (answer?.ok) return (await answer.json()) as State;
    }
    return { members: [] };
  };
  const isReady = ({ members: all }: State) =>
    ['leader', 'sync_standby', 'replica'].every((role) =>
      all.some((one) => one.role === role && /running|streaming/.test(one.state)),
    );
  await eventually(look, isReady, 120_000);
  const leader = async (): Promise<Member> => {
    const leads = members.map(async (one) => ((await ask(one, 'primary'))?.ok ? one : null));
    const found = (await Promise.all(leads)).find((one) => one !== null);
    if (!found) throw new Error('Nobody leads.');
    return found;
  };
  await makeDatabase(await leader());
  const balanced = await startHaproxy(run, directory, members);
  const at = (hosts: string) => `postgresql://usher:of-usher@${hosts}/usher`;
  return {
    url: at(members.map(({ port }) => `127.0.0.1:${port}`).join(',')),
    balancedUrl: at(`127.0.0.1:${balanced}`),
    leader,
    switchOver: async () => {
      const { name, rest } = await leader();
      const next = (await look()).members.find(({ role }) => role === 'sync_standby')?.name;
      const body = JSON.stringify({ leader: name, candidate: next });
      const answer = await fetch(`${rest}/switchover`, { method: 'POST', body });
      if (!answer.ok) throw new Error(`Patroni refuses: ${await answer.text()}`);
    },
  };
}

/** null: it does not answer, as one that hangs. */
function ask({ rest }: Member, what: string): Promise<Response | null> {
  return fetch(`${rest}/${what}`, { signal: AbortSignal.timeout(1000) }).catch(() => null);
}

interface Account {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root: then as the account that Debian's package has made. */
async function findAccount(): Promise<Account> {
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  if (uid !== 0) return { uid, gid };
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((one) => one.split(':'));
  const [, , id, group] = accounts.find(([name]) => name === 'postgres') ?? [];
  return { uid: Number(id), gid: Number(group) };
}

type Run = (program: string, args: string[]) => ChildProcess;

/** In a group of its own, which ends with the test. */
function runAlone(
  program: string,
  args: string[],
  { directory, account }: { directory: string; account: Account },
): ChildProcess {
  const child = spawn(program, args, {
    ...account,
    cwd: directory,
    detached: true,
    stdio: process.env.USHER_SHOW_PATRONI === undefined ? 'ignore' : 'inherit',
    env: { PATH: `${POSTGRES}:${process.env.PATH}`, HOME: directory, LC_ALL: 'C.UTF-8' },
  });
  onTestFinished(() => endGroup(child));
  return child;
}

async function endGroup(child: ChildProcess): Promise<void> {
  const isOver = child.exitCode !== null || child.signalCode !== null;
  const ended = isOver ? null : once(child, 'exit');
  end(-(child.pid ?? 0));
  await ended;
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended, and all that it had started.
  }
}

/** @returns its address. */
async function startEtcd(run: Run, directory: string): Promise<string> {
  const [clients, peers] = [await findFreePort(), await findFreePort()];
  const at = (port: number) => `http://127.0.0.1:${port}`;
  run(ETCD, [
    ...['--name', 'usher', '--data-dir', join(directory, 'etcd')],
    ...['--listen-client-urls', at(clients), '--advertise-client-urls', at(clients)],
    ...['--listen-peer-urls', at(peers), '--initial-advertise-peer-urls', at(peers)],
    ...['--initial-cluster', `usher=${at(peers)}`],
  ]);
  const isUp = () =>
    fetch(`${at(clients)}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  await eventually(isUp, Boolean);
  return `127.0.0.1:${clients}`;
}

interface Member extends PatroniMember {
  /** Where Patroni answers. */
  rest: string;
}

async function startMember(place: {
  name: string;
  directory: string;
  account: Account;
  etcd: string;
  run: Run;
}): Promise<Member> {
  const { name, directory, account, etcd, run } = place;
  const [port, rest] = [await findFreePort(), `127.0.0.1:${await findFreePort()}`];
  const home = join(directory, name);
  await mkdir(home, { mode: 0o700 });
  await chown(home, account.uid, account.gid);
  const file = join(home, 'patroni.json');
  await writeFile(file, JSON.stringify(configure({ name, home, port, rest, etcd })));
  await chown(file, account.uid, account.gid);
  const child = run(PATRONI, [file]);
  const kill = async (): Promise<void> => {
    await endGroup(child);
    // It leads a group of its own.
    const text = await readFile(join(home, 'data/postmaster.pid'), 'utf8').catch(() => '');
    const pid = Number(text.split('\n')[0]);
    if (pid > 1) end(pid);
  };
  onTestFinished(kill);
  const isUp = () =>
    fetch(`http://${rest}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  await eventually(isUp, Boolean, 120_000);
  return {
    ...{ name, port, rest: `http://${rest}` },
    kill,
    hang: () => void child.kill('SIGSTOP'),
  };
}

/** JSON is YAML. */
function configure(place: {
  name: string;
  home: string;
  port: number;
  rest: string;
  etcd: string;
}): object {
  const { name, home, port, rest, etcd } = place;
  return {
    ...{ scope: 'usher', name, etcd3: { host: etcd } },
    restapi: { listen: rest, connect_address: rest },
    bootstrap: {
      dcs: {
        ...{ ttl: LEASE_SECONDS, loop_wait: 2, retry_timeout: 3, synchronous_mode: true },
        postgresql: { use_pg_rewind: true, parameters: { max_connections: 100 } },
      },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C.UTF-8' }],
      pg_hba: [
        'host all all 127.0.0.1/32 scram-sha-256',
        'host replication all 127.0.0.1/32 scram-sha-256',
      ],
    },
    postgresql: {
      ...{ listen: `127.0.0.1:${port}`, connect_address: `127.0.0.1:${port}` },
      ...{ data_dir: join(home, 'data'), bin_dir: POSTGRES, pgpass: join(home, 'pgpass') },
      authentication: { superuser: SUPERUSER, replication: REPLICATION },
      parameters: { unix_socket_directories: home },
    },
    watchdog: { mode: 'off' },
  };
}

async function makeDatabase({ port }: PatroniMember): Promise<void> {
  const client = new Client({
    ...{ host: '127.0.0.1', port, database: 'postgres' },
    ...{ user: SUPERUSER.username, password: SUPERUSER.password },
  });
  await client.connect();
  await client.query(`create role usher login password 'of-usher'`);
  await client.query('create database usher owner usher');
  await client.end();
}

/** @returns its port. */
async function startHaproxy(run: Run, directory: string, members: Member[]): Promise<number> {
  const port = await findFreePort();
  const servers = members.map(
    ({ name, port: own, rest }) =>
      `  server ${name} 127.0.0.1:${own} check port ${new URL(rest).port}`,
  );
  const lines = [
    'defaults',
    '  mode tcp',
    '  timeout connect 2s',
    '  timeout client 1h',
    '  timeout server 1h',
    'listen primary',
    `  bind 127.0.0.1:${port}`,
    '  option httpchk OPTIONS /primary',
    '  http-check expect status 200',
    '  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions',
    ...servers,
    '',
  ];
  const file = join(directory, 'haproxy.cfg');
  await writeFile(file, lines.join('\n'));
  run(HAPROXY, ['-db', '-f', file]);
  return port;
}
