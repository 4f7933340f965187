// PgBouncer before a database, as Debian packages it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { eventually } from './start-test-usher.ts';

const BINARY = '/usr/sbin/pgbouncer';

/** What is missing for it; null: nothing. In CI it must be there. */
export const pgbouncerMissing =
  existsSync(BINARY) || process.env.CI === 'true'
    ? null
    : `There is no ${BINARY}: apt-get install pgbouncer`;

/** @returns the address of the same database behind it. */
export async function startPgbouncer(options: {
  url: string;
  mode: 'session' | 'transaction';
  /** Its setting `ignore_startup_parameters`. */
  ignore?: string;
}): Promise<string> {
  const { url, mode, ignore = '' } = options;
  const { hostname, port: serverPort, username, password } = new URL(url);
  const directory = await mkdtemp(join(tmpdir(), 'usher-pgbouncer-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await chmod(directory, 0o755);
  const port = await findFreePort();
  const config = join(directory, 'pgbouncer.ini');
  const lines = [
    '[databases]',
    `* = host=${hostname} port=${serverPort} user=${username} password=${password}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = any',
    `pool_mode = ${mode}`,
    `ignore_startup_parameters = ${ignore}`,
  ];
  await writeFile(config, `${lines.join('\n')}\n`);
  // It refuses to run as root.
  const account = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn(BINARY, [...account, config], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      said += data.toString();
    });
  }
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  await eventually(() => isOpen(port), Boolean).catch(() => {
    throw new Error(`PgBouncer does not listen: ${said}`);
  });
  const through = new URL(url);
  through.host = `127.0.0.1:${port}`;
  return through.href;
}

function isOpen(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1');
  socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  return promise.finally(() => socket.destroy());
}
