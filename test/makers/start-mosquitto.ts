// A broker beside Usher, as Debian packages it, gone when the test is over.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { eventually } from './start-test-usher.ts';

const BINARY = '/usr/sbin/mosquitto';

/** What is missing for it; null: nothing. In CI it must be there. */
export const mosquittoMissing =
  existsSync(BINARY) || process.env.CI === 'true'
    ? null
    : `There is no ${BINARY}: apt-get install mosquitto`;

/** Lets everybody do everything: what Usher itself refuses shows. */
export async function startMosquitto(): Promise<{
  tcpUrl: string;
  webSocketUrl: string;
}> {
  const [tcp, webSocket] = [await findFreePort(), await findFreePort()];
  const directory = await mkdtemp(join(tmpdir(), 'usher-mosquitto-'));
  const config = join(directory, 'mosquitto.conf');
  const lines = [
    'per_listener_settings false',
    'allow_anonymous true',
    'persistence false',
    'max_queued_messages 0',
    `listener ${tcp} 127.0.0.1`,
    `listener ${webSocket} 127.0.0.1`,
    'protocol websockets',
  ];
  await writeFile(config, `${lines.join('\n')}\n`);
  const child = spawn(BINARY, ['-c', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data: Buffer) => {
    said += data.toString();
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(directory, { recursive: true, force: true });
  });
  await eventually(
    async () => (await answers(tcp)) && (await answers(webSocket)),
    (there) => {
      if (child.exitCode !== null) throw new Error(`mosquitto ended: ${said}`);
      return there;
    },
  );
  return { tcpUrl: `mqtt://127.0.0.1:${tcp}`, webSocketUrl: `ws://127.0.0.1:${webSocket}/mqtt` };
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}
