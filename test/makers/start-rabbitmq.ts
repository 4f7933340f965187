// Nodes of RabbitMQ, one cluster, as Debian packages it: all ask Usher who may do what.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { eventually } from './start-test-usher.ts';

/** Not the one in /usr/sbin, which changes to the system's user and writes where its service does. */
const BINARY = '/usr/lib/rabbitmq/bin/rabbitmq-server';
const EPMD = '/usr/bin/epmd';
const START_WITHIN_MS = 90_000;

/** What is missing for it; null: nothing. In CI it must be there. */
export const rabbitMissing =
  existsSync(BINARY) || process.env.CI === 'true'
    ? null
    : `There is no ${BINARY}: apt-get install rabbitmq-server`;

export interface RabbitNode {
  tcpUrl: string;
  webSocketUrl: string;
  /** As a crash does. */
  kill(): Promise<void>;
}

export interface RabbitCluster {
  first: RabbitNode;
  second: RabbitNode;
  /** Where three were asked for. */
  third?: RabbitNode;
  stop(): Promise<void>;
}

interface Asked {
  /** Where Usher will answer on this machine. It need not answer yet. */
  askPort: number;
  secret: string;
  /** Usher's there. */
  login: { username: string; password: string };
  /** `quorum` lays what is kept for a client at the most nodes. */
  queues?: 'classic' | 'quorum';
}

export async function startRabbitCluster(
  options: Asked & { size?: 2 | 3 },
): Promise<RabbitCluster> {
  const directory = await mkdtemp(join(tmpdir(), 'usher-rabbit-'));
  const epmdPort = await findFreePort();
  // Their own: the machine's is left alone, and none is left behind.
  const epmd = spawn(EPMD, ['-port', String(epmdPort), '-address', '127.0.0.1'], {
    stdio: 'ignore',
  });
  const name = randomBytes(4).toString('hex');
  const numbers = [1, 2, 3].slice(0, options.size ?? 2);
  const names = numbers.map((number) => `usher-${name}-${number}@localhost`);
  const nodes: StartedNode[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map(({ kill }) => kill()));
    await end(epmd);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    for (const [at, nodeName] of names.entries()) {
      // The first alone; who comes later finds it and joins. At the same moment each would be a cluster of its own.
      const members = names.slice(0, at + 1);
      const place = { directory, epmdPort, nodeName, members };
      const node = await startNode({ ...options, ...place });
      nodes.push(node);
      await node.ready();
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const [first, second, third] = nodes;
  if (first === undefined || second === undefined) throw new Error('Two nodes were started.');
  return { first, second, ...(third && { third }), stop };
}

type StartedNode = RabbitNode & { ready(): Promise<void> };

async function startNode(
  options: Asked & { directory: string; epmdPort: number; nodeName: string; members: string[] },
): Promise<StartedNode> {
  const { directory, epmdPort, nodeName, members, login } = options;
  const [tcp, webSocket, between] = [
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
  ];
  const own = join(directory, nodeName);
  await mkdir(own);
  const file = (end: string) => join(own, end);
  await writeFile(file('rabbitmq.conf'), writeConfig({ ...options, members, tcp, webSocket }));
  await writeFile(
    file('plugins'),
    '[rabbitmq_mqtt,rabbitmq_web_mqtt,rabbitmq_auth_backend_http].\n',
  );
  const child = spawn(BINARY, [], {
    // A group of its own, which ends at once with all that the virtual machine has started.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: writeEnvironment({ directory, epmdPort, nodeName, between }),
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      said = (said + data.toString()).slice(-200_000);
    });
  }
  const user = `${login.username}:${login.password}`;
  return {
    tcpUrl: `mqtt://${user}@127.0.0.1:${tcp}`,
    webSocketUrl: `ws://127.0.0.1:${webSocket}/mqtt`,
    kill: () => end(child),
    ready: async () => {
      await eventually(
        () => /Server startup complete/.test(said),
        (started) => {
          if (child.exitCode !== null) throw new Error(`RabbitMQ ended: ${said}`);
          return started;
        },
        START_WITHIN_MS,
      ).catch((error: Error) => {
        throw new Error(`${error.message}\n${said.slice(-5000)}`);
      });
      // One that found nobody starts a cluster of its own without a word.
      if (members.length > 1 && !said.includes(JOINED)) {
        throw new Error(`The node has not joined the first:\n${said}`);
      }
    },
  };
}

/** Nothing of the machine's own RabbitMQ is read or written. */
function writeEnvironment(options: {
  directory: string;
  epmdPort: number;
  nodeName: string;
  between: number;
}): Record<string, string> {
  const { directory, epmdPort, nodeName, between } = options;
  const own = join(directory, nodeName);
  const file = (end: string) => join(own, end);
  return {
    PATH: process.env.PATH ?? '',
    HOME: directory,
    LANG: 'C.UTF-8',
    ERL_EPMD_PORT: String(epmdPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: nodeName,
    RABBITMQ_DIST_PORT: String(between),
    RABBITMQ_CONFIG_FILE: file('rabbitmq.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: file('none'),
    RABBITMQ_CONF_ENV_FILE: file('none'),
    RABBITMQ_ENABLED_PLUGINS_FILE: file('plugins'),
    RABBITMQ_FEATURE_FLAGS_FILE: file('feature-flags'),
    RABBITMQ_GENERATED_CONFIG_DIR: file('generated'),
    RABBITMQ_LOG_BASE: file('log'),
    // Not the directory of the data: a node that finds anything there is not new, and joins nobody.
    RABBITMQ_MNESIA_BASE: own,
    RABBITMQ_MNESIA_DIR: file('data'),
    RABBITMQ_PID_FILE: file('pid'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:
      '-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none',
  };
}

const JOINED = 'selected for auto-clustering';

function writeConfig(
  options: Asked & { members: string[]; tcp: number; webSocket: number },
): string {
  const { askPort, secret, queues = 'classic', members, tcp, webSocket } = options;
  const asked = `http://127.0.0.1:${askPort}/mqtt/auth`;
  return [
    'listeners.tcp = none',
    `mqtt.listeners.tcp.1 = 127.0.0.1:${tcp}`,
    'web_mqtt.tcp.ip = 127.0.0.1',
    `web_mqtt.tcp.port = ${webSocket}`,
    'web_mqtt.ws_path = /mqtt',
    'mqtt.allow_anonymous = false',
    `mqtt.durable_queue_type = ${queues}`,
    'auth_backends.1 = http',
    'auth_http.http_method = post',
    ...['user', 'vhost', 'resource', 'topic'].map(
      (what) => `auth_http.${what}_path = ${asked}/${what}/${secret}`,
    ),
    'cluster_formation.peer_discovery_backend = classic_config',
    ...members.map((member, at) => `cluster_formation.classic_config.nodes.${at + 1} = ${member}`),
    'log.console = true',
    'log.file = false',
    '',
  ].join('\n');
}

/** With the group that it leads, if it leads one. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
  await ended;
}
