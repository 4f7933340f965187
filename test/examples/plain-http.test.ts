// The examples in other languages are run as they stand there, where their interpreter is.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import { signatureHeaders } from '../../src/delivery/sign-delivery.ts';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { makeApiChannel } from '../makers/make-api-channel.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';
import { startWithReceiver } from '../makers/start-with-receiver.ts';

interface Language {
  name: string;
  command: string;
  chat: string[];
  receive(port: number): string[];
}

const languages: Language[] = [
  {
    name: 'Python',
    command: 'python3',
    chat: ['examples/python/chat.py'],
    receive: () => ['examples/python/receive.py'],
  },
  {
    name: 'PHP',
    command: 'php',
    chat: ['examples/php/chat.php'],
    receive: (port) => ['-S', `127.0.0.1:${port}`, 'examples/php/receive.php'],
  },
];

/** In CI they must be there. */
const isMissing = ({ name, command }: Language): boolean => {
  if (process.env.CI !== undefined) return false;
  const { status } = spawnSync(command, ['--version'], { stdio: 'ignore' });
  if (status !== 0) process.stderr.write(`Skipped: ${name} is not there: ${command}.\n`);
  return status !== 0;
};

function start(command: string, args: string[], environment: Record<string, string>) {
  const child: ChildProcess = spawn(command, args, {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  return { ended, printed: () => printed };
}

for (const language of languages) {
  const { name, command, chat, receive } = language;

  test.skipIf(isMissing(language))(`${name}: asks, and prints what the agent answers`, async () => {
    const usher = await startTestUsher();
    const { id, token, addAgent } = await makeApiChannel(usher);
    const ben = await addAgent('Ben');
    const program = start(command, [...chat, 'Where is my parcel?'], {
      ...{ USHER_URL: usher.url, USHER_TOKEN: token, USHER_CHANNEL: id },
    });
    const [asked] = await eventually(
      () => usher.conversations('assigned'),
      (found) => found[0]?.agentId === ben.id,
    );
    const path = `/api/v1/conversations/${(asked as Conversation).id}/messages`;
    const read = async () => (await usher.call('GET', path)).body as { items: { text: string }[] };
    await eventually(read, ({ items }) => items[0]?.text === 'Where is my parcel?');
    await usher.call('POST', path, { body: { text: 'On its way. ✓' }, token: ben.token });
    expect(await program.ended, program.printed()).toBe(0);
    expect(program.printed()).toBe('On its way. ✓\n');
    const { externalId } = asked as Conversation;
    const standing = await usher.call('GET', `/api/v1/channels/${id}/conversations/${externalId}`, {
      token,
    });
    expect(standing.body).toMatchObject({ lastSeq: 2, readSeq: { contact: 2 } });
  });

  test.skipIf(isMissing(language))(`${name}: says when nobody is there`, async () => {
    const usher = await startTestUsher();
    const { id, token, addAgent } = await makeApiChannel(usher);
    const program = start(command, [...chat, 'Hello?'], {
      ...{ USHER_URL: usher.url, USHER_TOKEN: token, USHER_CHANNEL: id },
    });
    const away = 'Nobody is here now. The answer comes as soon as somebody is.\n';
    await expect.poll(program.printed).toBe(away);
    const ben = await addAgent('Ben');
    const [asked] = await eventually(
      () => usher.conversations('assigned'),
      (found) => found[0]?.lastMessage?.text === 'Hello?',
    );
    const path = `/api/v1/conversations/${(asked as Conversation).id}/messages`;
    await usher.call('POST', path, { body: { text: 'Here I am.' }, token: ben.token });
    expect(await program.ended, program.printed()).toBe(0);
    expect(program.printed()).toBe(`${away}Here I am.\n`);
  });

  test.skipIf(isMissing(language))(
    `${name}: takes what Usher sends, and nothing else`,
    async () => {
      const port = await findFreePort();
      const program = start(command, receive(port), {
        ...{ USHER_WEBHOOK_SECRET: 'topsecret', PORT: String(port) },
      });
      const url = `http://127.0.0.1:${port}/`;
      const send = async (change: { secret?: string; ageSeconds?: number; as?: string } = {}) => {
        const { secret = 'topsecret', ageSeconds = 0, as = '{"type":"made-up"}' } = change;
        const body = '{"type":"made-up"}';
        const timestampSeconds = Math.floor(Date.now() / 1000) - ageSeconds;
        const signing = { secrets: [secret], id: 'x_1', timestampSeconds, body: Buffer.from(body) };
        const headers = signatureHeaders(signing);
        return fetch(url, { method: 'POST', body: as, headers }).then(
          ({ status }) => status,
          () => 0,
        );
      };
      await expect.poll(() => send({ secret: 'other' })).toBe(401);
      expect(await send({ as: '{"type":"another"}' })).toBe(401);
      expect(await send({ ageSeconds: 400 })).toBe(401);
      const { open, usher } = await startWithReceiver();
      const endpoint = { url, secret: 'topsecret', events: ['session_state_open'] };
      expect((await usher.call('POST', '/api/v1/endpoints', { body: endpoint })).status).toBe(201);
      await open();
      await expect.poll(program.printed).toContain('session_state_open\n');
      expect(program.printed()).not.toContain('made-up');
    },
  );
}
