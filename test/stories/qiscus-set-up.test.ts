// What an installation does at Qiscus for somebody who comes from Agent Allocation PHP.
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { startProgram } from '../faults/run-program.ts';
import { SECRET, startWithQiscus } from '../makers/start-with-qiscus.ts';

const usherProgram = new URL('../../src/cli/usher.ts', import.meta.url);

test('one command has Qiscus call us when a room is resolved', async () => {
  const { usher, qiscus } = await startWithQiscus({ agents: 1 });
  qiscus.setWebhooks({ markAsResolvedUrl: 'https://old.example.com/' });
  const args = ['--url', usher.url, '--token', usher.token, 'channels', 'register-resolve'];
  const said = await text(startProgram(usherProgram, args).stdout);
  expect(said).toContain(
    `Qiscus calls ${usher.url}/api/v1/webhook/mark_as_resolved/<secret> from now on.`,
  );
  expect(said).not.toContain(SECRET);
  const { roomId } = qiscus.customerMessage({ userId: 'a@example.com', name: 'A', text: 'Hi' });
  const { conversations } = usher;
  await expect.poll(() => conversations('assigned'), { timeout: 30_000 }).toHaveLength(1);
  const [agent] = qiscus.agents();
  qiscus.resolveByHand({ roomId, by: agent?.id ?? 0 });
  await expect.poll(() => conversations('closed'), { timeout: 30_000 }).toHaveLength(1);
});

test('another kind of channel is refused, and an unknown one is not found', async () => {
  const { usher } = await startWithQiscus({ agents: 0 });
  const { body } = await usher.call('GET', '/api/v1/channels');
  const { items } = body as { items: { id: string; kind: string }[] };
  const chat = items.find(({ kind }) => kind === 'webchat')?.id;
  const post = (id: string | undefined) =>
    usher.call('POST', `/api/v1/channels/${id}/register-resolve`);
  expect(await post(chat)).toMatchObject({ status: 409, body: { code: 'channel.not-qiscus' } });
  expect(await post('0198a000-0000-7000-8000-000000000001')).toMatchObject({ status: 404 });
});

test('what Qiscus refuses is said', async () => {
  const environment = { QISCUS_PASSWORD: 'wrong' };
  const { usher } = await startWithQiscus({ agents: 0, environment });
  const { body } = await usher.call('GET', '/api/v1/channels');
  const { items } = body as { items: { id: string; kind: string }[] };
  const id = items.find(({ kind }) => kind === 'qiscus')?.id;
  const answer = await usher.call('POST', `/api/v1/channels/${id}/register-resolve`);
  expect(answer).toMatchObject({ status: 502, body: { code: 'qiscus.refused' } });
});
