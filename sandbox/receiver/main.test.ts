// The receiver as a process: what it prints is read by people and by measurements.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { post } from './test-post.ts';

const program = fileURLToPath(new URL('./main.ts', import.meta.url));

function run(...args: string[]): { child: ChildProcess; next: () => Promise<string> } {
  const child = spawn(process.execPath, [program, '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, next: async () => String((await lines.next()).value) };
}

test('prints a line for each request, and the totals at the end', async () => {
  const { child, next } = run('--secret', 'topsecret', '--behaviour', '[{"status":500}]');
  const url = (await next()).replace('Listening on ', '');
  const headers = { 'webhook-id': 'trg_1' };
  expect(await post(url, { headers, body: '{"session":{"id":"ses_1"}}' })).toMatchObject({
    status: 500,
  });
  expect(JSON.parse(await next())).toMatchObject({
    id: 'trg_1',
    conversation: 'ses_1',
    hub: 'missing',
    behaviour: { status: 500 },
  });
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  expect(JSON.parse(await next())).toMatchObject({ requests: 1, connections: 1, unsigned: 1 });
  expect(await exited).toEqual([0, null]);
});
