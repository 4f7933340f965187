// The updates of an API channel as server-sent events: read on after a cut, and ended when there is a reason.
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { MOST_WAITING } from '../../src/channels/api/waiting-programs.ts';
import { eventually } from '../makers/start-test-usher.ts';
import type { Page, ProgramWorld } from '../makers/start-with-program.ts';
import { startWithProgram } from '../makers/start-with-program.ts';

const MANY = 2000;

interface Stream {
  status: number;
  type: string | null;
  /** Everything that has come. */
  text(): string;
  isOver(): boolean;
  cut(): void;
}

async function listen(
  { usher, at, token }: ProgramWorld,
  { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
): Promise<Stream> {
  const gone = new AbortController();
  onTestFinished(() => gone.abort());
  const answer = await fetch(new URL(at(`updates${query}`), usher.url), {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream', ...headers },
    signal: gone.signal,
  });
  let [text, over] = ['', false];
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) text += decoder.decode(chunk, { stream: true });
  };
  void read()
    .catch(() => undefined)
    .finally(() => {
      over = true;
    });
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    text: () => text,
    isOver: () => over,
    cut: () => gone.abort(),
  };
}

const eventsOf = (stream: Stream) =>
  stream
    .text()
    .split('\n\n')
    .flatMap((block) => {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data === undefined) return [];
      const id = /^id: (.*)$/m.exec(block)?.[1] ?? null;
      const update = JSON.parse(data) as { type: string; message?: { text: string } };
      expect(/^event: (.*)$/m.exec(block)?.[1]).toBe(update.type);
      return [{ id, what: update.message?.text ?? update.type }];
    });
const saidIn = (stream: Stream) => eventsOf(stream).map(({ what }) => what);

test('a stream tells each update once, also across a cut, and its ids are cursors', async () => {
  const world = await startWithProgram();
  const id = await world.open();
  await world.held(id);
  const first = await listen(world);
  expect(first).toMatchObject({ status: 200, type: 'text/event-stream; charset=utf-8' });
  await eventually(first.text, (text) => /^id: \d+\n\n$/.test(text));
  for (const text of ['one', 'two', 'three']) await world.act(id, 'messages', { text });
  await eventually(
    () => saidIn(first),
    ({ length }) => length === 3,
  );
  const lastId = eventsOf(first)[1]?.id ?? '';
  first.cut();
  await world.act(id, 'messages', { text: 'four' });
  // A browser names what it has got last beside the address that it began with.
  const second = await listen(world, {
    query: '?after=0',
    headers: { 'last-event-id': lastId },
  });
  await eventually(
    () => saidIn(second),
    ({ length }) => length === 2,
  );
  expect(saidIn(second)).toEqual(['three', 'four']);
  const { items } = await world.read(eventsOf(second)[0]?.id ?? '');
  expect(items).toHaveLength(1);
});

test('a quiet stream is kept open by a line that says nothing', async () => {
  const world = await startWithProgram();
  const stream = await listen(world);
  await eventually(stream.text, (text) => text !== '');
  await eventually(
    () => world.usher.clock.advance(15_000).then(stream.text),
    (text) => text.includes('\n: still here\n\n'),
  );
  expect(stream.isOver()).toBe(false);
});

test('a stop of the server ends streams and answers whoever waits', async () => {
  const world = await startWithProgram();
  const { after } = (await world.updates()).body as Page;
  const stream = await listen(world);
  const waiting = world.read(after, '&wait=50');
  await eventually(stream.text, (text) => text !== '');
  await world.usher.stop();
  expect(await waiting).toEqual({ after, items: [] });
  await eventually(stream.isOver, Boolean);
});

test.each(['the token is revoked', 'the channel is removed'])(
  'when %s the stream ends, and whoever waits is refused',
  async (what) => {
    const world = await startWithProgram();
    const { usher, tokenId, channelId } = world;
    const id = await world.open();
    await world.held(id);
    const { after } = (await world.updates()).body as Page;
    const stream = await listen(world);
    const waiting = world.updates(`?after=${after}&wait=50`);
    await eventually(stream.text, (text) => text !== '');
    const path = what.includes('token') ? `tokens/${tokenId}` : `channels/${channelId}`;
    expect((await usher.call('DELETE', `/api/v1/${path}`)).status).toBe(204);
    await eventually(stream.isOver, Boolean);
    expect([401, 404]).toContain((await waiting).status);
    await usher.call('POST', `/api/v1/conversations/${id}/close`, { body: {} });
    expect(saidIn(stream)).toEqual([]);
  },
);

test('a program that takes nothing from its stream for half a minute is cut, and misses nothing when it comes again', async () => {
  const world = await startWithProgram();
  const { usher, at, token } = world;
  await world.open();
  const { after } = (await world.updates()).body as Page;
  const { hostname, port } = new URL(usher.url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  const head = `GET ${at('updates')} HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n`;
  socket.write(`${head}authorization: Bearer ${token}\r\n\r\n`);
  await once(socket, 'readable');
  // More than the buffers on the way hold.
  const names = Array.from({ length: MANY }, (_, nth) => `m-${nth}`);
  const say = async () => {
    for (let name = names.pop(); name !== undefined; name = names.pop()) {
      expect((await world.say('case-1', name, 'x'.repeat(10_000))).status).toBe(201);
    }
  };
  await Promise.all(Array.from({ length: 16 }, say));
  let [got, over] = [0, false];
  socket.on('close', () => {
    over = true;
  });
  socket.on('error', () => undefined);
  await usher.clock.advance(31_000);
  socket.on('data', (data) => {
    got += data.length;
  });
  await eventually(() => over, Boolean);
  expect(got).toBeLessThan(MANY * 10_000);
  const { items } = await world.read(after, '&limit=200');
  expect(items.length).toBeGreaterThan(100);
});

test('a cursor that means nothing is refused before the stream begins', async () => {
  const world = await startWithProgram();
  const stream = await listen(world, { query: '?after=999' });
  expect(stream).toMatchObject({
    status: 400,
    type: expect.stringMatching(/^application\/problem\+json/),
  });
});

test.each([
  ['each over a connection of its own', 1, MOST_WAITING.ofToken + 5],
  ['all in one go over one connection', MOST_WAITING.ofToken, 1],
])(
  'programs that hang up before they are served leave their places: %s',
  async (_, each, times) => {
    const world = await startWithProgram();
    const { usher, at, token } = world;
    const { hostname, port } = new URL(usher.url);
    const head = `GET ${at('updates')} HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n`;
    const asked = `${head}authorization: Bearer ${token}\r\n\r\n`.repeat(each);
    for (let n = 0; n < times; n += 1) {
      const socket = connect(Number(port), hostname);
      await new Promise((sent) => socket.write(asked, sent));
      if (each > 1) await once(socket, 'readable');
      socket.destroy();
    }
    await eventually(
      async () => {
        const streams = [];
        for (let n = 0; n < MOST_WAITING.ofToken; n += 1) streams.push(await listen(world));
        const served = streams.filter(({ status }) => status === 200).length;
        if (served < MOST_WAITING.ofToken) for (const { cut } of streams) cut();
        return served;
      },
      (served) => served === MOST_WAITING.ofToken,
      5000,
    );
  },
);
