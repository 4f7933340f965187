// The bridge to Telegram, as a program of its own between a Bot API and a real Usher.
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startTelegram } from '../../sandbox/telegram/start-telegram.ts';
import type { Conversation } from '../../src/contract/conversation.ts';
import { endProgram } from '../faults/run-program.ts';
import { makeApiChannel } from '../makers/make-api-channel.ts';
import { installExample, type Running } from '../makers/run-example.ts';
import { type Fate, startLosingProxy } from '../makers/start-losing-proxy.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

interface Message {
  authorKind: string;
  text: string;
  attachments: { name?: string; url: string }[];
}

async function startBridge(more: Record<string, string> = {}) {
  const usher = await startTestUsher();
  const { id, token, addAgent } = await makeApiChannel(usher);
  const ben = await addAgent('Ben');
  await usher.call('PATCH', `/api/v1/agents/${ben.id}`, { body: { capacity: 50 } });
  const proxy = await startLosingProxy(usher.url);
  const telegram = await startTelegram({ token: '1:secret' });
  onTestFinished(() => telegram.stop());
  const example = await installExample('telegram-bridge');
  const environment = {
    ...{ USHER_URL: proxy.url, USHER_TOKEN: token, USHER_CHANNEL: id },
    ...{ TELEGRAM_URL: telegram.url, TELEGRAM_TOKEN: '1:secret' },
    STATE_FILE: join(example.folder, 'state.json'),
    ...more,
  };
  const find = async (externalId: string) => {
    const isIt = (one: Conversation) => one.externalId === externalId;
    const found = await eventually(
      async () => (await usher.conversations('assigned')).find(isIt),
      // It is opened a moment before its first message is said.
      (one) => one !== undefined && one.lastMessage !== null,
    );
    return found as Conversation;
  };
  const messages = async (conversationId: string) => {
    const path = `/api/v1/conversations/${conversationId}/messages?limit=200`;
    return ((await usher.call('GET', path)).body as { items: Message[] }).items;
  };
  const answer = async (conversationId: string, body: object) => {
    const path = `/api/v1/conversations/${conversationId}/messages`;
    const said = await usher.call('POST', path, { body, token: ben.token });
    expect(said.status, said.text).toBe(201);
  };
  const start = () => example.start(environment);
  return { usher, proxy, telegram, ben, start, find, messages, answer };
}

const finish = async ({ child }: Running): Promise<void> => {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect((await ended)[0]).toBe(0);
};

const textsOf = (seen: { text: string }[]) => seen.map(({ text }) => text);

test('what is written to the bot stands in Usher, and the answer in the chat, with files both ways', async () => {
  const { usher, telegram, ben, start, find, messages, answer } = await startBridge();
  await start();
  telegram.say(7, { text: 'Where is my parcel?' });
  telegram.say(7, {
    text: 'Like this',
    file: { name: 'a.png', type: 'image/png', bytes: PICTURE },
  });
  const { id, contact } = await find('chat-7');
  expect(contact).toMatchObject({ externalId: 'telegram-7', name: 'Person 7' });
  const said = await eventually(
    () => messages(id),
    ({ length }) => length === 2,
  );
  expect(textsOf(said)).toEqual(['Where is my parcel?', 'Like this']);
  expect(said[1]?.attachments).toMatchObject([{ type: 'image/png', name: 'photo.png' }]);

  const form = new FormData();
  form.append('file', new Blob(['a receipt'], { type: 'text/plain' }), 'receipt.txt');
  const authorization = `Bearer ${ben.token}`;
  const uploaded = await fetch(`${usher.url}/api/v1/attachments`, {
    ...{ method: 'POST', body: form, headers: { authorization } },
  });
  const { id: fileId } = (await uploaded.json()) as { id: string };
  await answer(id, { text: 'Here it is.', attachmentIds: [fileId] });
  await answer(id, { text: 'x'.repeat(5000) });
  await expect.poll(() => telegram.chat(7).length).toBe(4);
  const [text, file, ...long] = telegram.chat(7);
  expect(text).toEqual({ text: 'Here it is.' });
  expect(file?.file?.name).toBe('receipt.txt');
  expect(Buffer.from(file?.file?.bytes ?? []).toString()).toBe('a receipt');
  expect(long.map((part) => part.text.length)).toEqual([4096, 904]);
});

test('after the end, the next message opens a new conversation', async () => {
  const { usher, telegram, start, find, messages } = await startBridge();
  await start();
  telegram.say(7, { text: 'one' });
  const { id } = await find('chat-7');
  await usher.call('POST', `/api/v1/conversations/${id}/close`, { body: {} });
  telegram.say(7, { text: 'two' });
  const next = await find('chat-7');
  expect(next.id).not.toBe(id);
  await expect.poll(async () => textsOf(await messages(next.id))).toEqual(['two']);
});

test('the chat shows that the agent types', async () => {
  const { usher, telegram, ben, start, find } = await startBridge();
  await start();
  telegram.say(7, { text: 'Hello' });
  const { id } = await find('chat-7');
  const path = `/api/v1/conversations/${id}/typing`;
  await expect
    .poll(async () => {
      // It is told to whoever waits at that moment, and never kept.
      await usher.call('POST', path, { body: { typing: true }, token: ben.token });
      return telegram.isTyping(7);
    })
    .toBe(true);
  expect(telegram.chat(7)).toEqual([]);
});

test('the end asks how it was, where that is wished; what is answered rates it, and opens nothing', async () => {
  const { usher, telegram, start, find, messages } = await startBridge({
    RATING_TEXT: 'How was it? /1 /2 /3 /4 /5',
  });
  await start();
  // Of nothing yet: it is said like any word.
  telegram.say(7, { text: '/4' });
  const { id } = await find('chat-7');
  await usher.call('POST', `/api/v1/conversations/${id}/close`, { body: {} });
  await expect.poll(() => textsOf(telegram.chat(7))).toEqual(['How was it? /1 /2 /3 /4 /5']);
  telegram.say(7, { text: '/5' });
  const read = async () => (await usher.call('GET', `/api/v1/conversations/${id}`)).body;
  await expect.poll(read).toMatchObject({ state: 'closed', rating: { score: 5 } });
  expect(textsOf(await messages(id))).toEqual(['/4']);
  expect(await usher.conversations('assigned')).toEqual([]);
});

test('killed again and again while people write, it brings every message once', async () => {
  const { telegram, start, find, messages } = await startBridge();
  const texts = Array.from({ length: 60 }, (_, nth) => `message ${nth}`);
  let bridge = await start();
  for (const [nth, text] of texts.entries()) {
    telegram.say(7, { text });
    if (nth % 15 !== 14) continue;
    // Somewhere in the midst of what has just been written.
    await expect.poll(() => telegram.pending()).toBeLessThan(12);
    await endProgram(bridge.child);
    bridge = await start();
  }
  const { id } = await find('chat-7');
  await eventually(
    () => messages(id),
    ({ length }) => length >= texts.length,
  );
  await expect.poll(() => telegram.pending()).toBe(0);
  expect(textsOf(await messages(id))).toEqual(texts);
});

test('ended and started again and again while an agent answers, it sends every answer once, in order', async () => {
  const { telegram, start, find, answer } = await startBridge();
  let bridge = await start();
  telegram.say(7, { text: 'Tell me all.' });
  const { id } = await find('chat-7');
  const texts = Array.from({ length: 40 }, (_, nth) => `answer ${nth}`);
  for (const [nth, text] of texts.entries()) {
    await answer(id, { text });
    if (nth % 10 !== 4) continue;
    await finish(bridge);
    await answer(id, { text: `while it was away ${nth}` });
    bridge = await start();
  }
  const wanted = texts.flatMap((text, nth) =>
    nth % 10 === 4 ? [text, `while it was away ${nth}`] : [text],
  );
  await expect.poll(() => telegram.chat(7).length).toBe(wanted.length);
  expect(textsOf(telegram.chat(7))).toEqual(wanted);
});

test('killed before Telegram takes an answer, it sends that answer after the restart, once', async () => {
  const { telegram, start, find, answer } = await startBridge();
  const bridge = await start();
  telegram.say(7, { text: 'Hello' });
  const { id } = await find('chat-7');
  telegram.misbehave('deaf');
  await answer(id, { text: 'one' });
  await expect.poll(bridge.printed).toContain('sendMessage: no answer');
  await endProgram(bridge.child);
  await answer(id, { text: 'two' });
  await start();
  await expect.poll(() => telegram.chat(7).length).toBe(2);
  expect(textsOf(telegram.chat(7))).toEqual(['one', 'two']);
});

test('a busy Telegram is waited for; one whose answer is lost gets the message twice rather than never', async () => {
  const { telegram, start, find, answer } = await startBridge();
  await start();
  telegram.say(7, { text: 'Hello' });
  const { id } = await find('chat-7');
  telegram.misbehave('busy');
  await answer(id, { text: 'one' });
  await expect.poll(() => telegram.chat(7).length).toBe(1);
  telegram.misbehave('mute');
  await answer(id, { text: 'two' });
  await expect.poll(() => textsOf(telegram.chat(7))).toEqual(['one', 'two', 'two']);
});

test('who has blocked the bot does not hold up the others', async () => {
  const { telegram, start, find, answer } = await startBridge();
  const bridge = await start();
  telegram.say(7, { text: 'Hello' });
  telegram.say(8, { text: 'Hello' });
  const [seven, eight] = [await find('chat-7'), await find('chat-8')];
  telegram.block(7);
  await answer(seven.id, { text: 'one' });
  await answer(eight.id, { text: 'two' });
  await expect.poll(() => textsOf(telegram.chat(8))).toEqual(['two']);
  expect(bridge.printed()).toContain('bot was blocked by the user');
});

test('who has a strange name, language or file does not hold up the others', async () => {
  const { telegram, start, find, messages } = await startBridge();
  const bridge = await start();
  const file = (bytes: Uint8Array) => ({ name: 'film.bin', type: 'video/x', bytes });
  telegram.say(1, { text: 'one', from: { first_name: '\u3164', language_code: 'English (UK)' } });
  telegram.say(2, { text: 'two', from: { first_name: '\ud83d', last_name: '\u0000' } });
  telegram.say(3, { text: '\u0000' });
  telegram.say(4, { file: { ...file(new Uint8Array(21 * 2 ** 20)), isSizeUnsaid: true } });
  telegram.say(5, { file: { ...file(new Uint8Array(11 * 2 ** 20)), isSizeUnsaid: true } });
  telegram.say(6, { file: file(new Uint8Array(0)) });
  telegram.say(7, { text: 'seven' });
  const last = await find('chat-7');
  expect(textsOf(await messages(last.id))).toEqual(['seven']);
  expect(bridge.child.exitCode).toBe(null);
  const saidIn = async (nth: number) => textsOf(await messages((await find(`chat-${nth}`)).id));
  expect([await saidIn(1), await saidIn(2)]).toEqual([['one'], ['two']]);
  for (const nth of [4, 5]) expect((await saidIn(nth)).join()).toContain('[film.bin:');
});

test.each<[string, Fate]>([
  ['has taken it', 'hangs'],
  ['has not heard of it', 'is ignored'],
])(
  'killed with a message on its way, when Usher %s, it brings that message once',
  async (_, fate) => {
    const { proxy, telegram, find, messages, start } = await startBridge();
    const bridge = await start();
    telegram.say(7, { text: 'one' });
    const { id } = await find('chat-7');
    await expect.poll(() => messages(id)).toHaveLength(1);
    const isSaying = ({ method, path }: { method: string; path: string }) =>
      method === 'POST' && path.endsWith('/messages');
    const before = proxy.passed.filter(isSaying).length;
    proxy.decide((request) => (isSaying(request) ? fate : 'passes'));
    telegram.say(7, { text: 'two' });
    await expect.poll(() => proxy.passed.filter(isSaying).length).toBe(before + 1);
    if (fate === 'hangs') await expect.poll(() => messages(id)).toHaveLength(2);
    await endProgram(bridge.child);
    proxy.decide(() => 'passes');
    await start();
    telegram.say(7, { text: 'three' });
    const said = await eventually(
      () => messages(id),
      (all) => all.at(-1)?.text.endsWith('three') === true,
    );
    expect(said.map(({ text }) => text.replace('My parcel\n\n', ''))).toEqual([
      'one',
      'two',
      'three',
    ]);
  },
);
