// The emulator as a process: it reads commands and prints lines.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { BASE_PATH } from './test-mailroom.ts';
import { reply, startTestServer } from './test-server.ts';

const program = fileURLToPath(new URL('./main.ts', import.meta.url));

function run(...args: string[]): { child: ChildProcess; next: () => Promise<string> } {
  const child = spawn(process.execPath, [program, '--port', '0', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, next: async () => String((await lines.next()).value) };
}

test('connects, opens, takes a callback and sums up, all by lines', async () => {
  const app = await startTestServer({ replies: [reply(204), reply(200, '{"id":"r"}')] });
  const { child, next } = run('--allow-private-hosts', '--pace', '0.001');
  const url = (await next()).replace('Listening on ', '');
  const tell = async (command: object) => {
    child.stdin?.write(`${JSON.stringify(command)}\n`);
    return JSON.parse(await next());
  };
  const { outcome: page } = await tell({ do: 'page' });
  const baseUrl = app.url + BASE_PATH;
  const admin = { adminUserId: 'a', adminAuthToken: 't' };
  const { outcome: connected } = await tell({ do: 'connect', baseUrl, ...admin });
  expect(connected).toMatchObject({ connected: true });
  expect(connected.webhookUrl).toContain(url);
  const { outcome: opened } = await tell({ do: 'open', contact: { name: 'Ana' } });
  expect(opened).toMatchObject({ opened: true, contact: { name: 'Ana', token: '10000' } });
  expect(opened.call.body).toBe('{"id":"r"}');
  const body = JSON.stringify({
    ...{ type: 'agent-message', ticketID: opened.ticketUuid, data: { text: 'Hi' } },
  });
  const headers = { Authorization: `Token ${page.secret}` };
  const answer = await fetch(connected.webhookUrl, { method: 'POST', headers, body });
  expect(answer.status).toBe(200);
  expect(JSON.parse(await next())).toMatchObject({ body, handled: true, answer: { status: 200 } });
  const { outcome: tickets } = await tell({ do: 'tickets' });
  expect(tickets).toMatchObject([{ contact: { token: '10000' }, messages: [{ text: 'Hi' }] }]);
  const said = await tell({ do: 'message', contact: { token: '10000' }, text: 'Hello' });
  expect(said).toMatchObject({ did: 'message', outcome: { forwarded: true } });
  expect(await tell({ do: 'dance' })).toHaveProperty('error', expect.stringContaining('page'));
  expect(await tell({ do: 'down' })).toEqual({ did: 'down', outcome: null });
  await expect(fetch(url)).rejects.toThrow('fetch failed');
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  expect(JSON.parse(await next())).toMatchObject({ callbacks: 1, handled: 1, repeated: 0 });
  expect(await exited).toEqual([0, null]);
});
