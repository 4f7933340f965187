// Coming back after the connection was lost.
import { expect, onTestFinished, test } from 'vitest';
import {
  keepConnected,
  type Link,
  type LinkOptions,
  type LinkState,
  NotNow,
} from './keep-connected.ts';
import { hindranceOf, readRetryAfter, retryDelay } from './retry-delay.ts';
import { startTestBroker } from './test-broker.ts';

function keep(url: string, options: Partial<LinkOptions> & { password?: () => string } = {}) {
  const messages: string[] = [];
  const states: LinkState[] = [];
  const link: Link = keepConnected({
    credentials: async () => ({
      url,
      clientId: `test-${Math.random().toString(36).slice(2)}`,
      username: 'somebody',
      password: options.password?.() ?? 'right',
    }),
    filters: ['room/1', 'secret'],
    keepAliveSeconds: 30,
    onMessage: (_topic, payload) => messages.push(payload),
    onState: (state) => states.push(state),
  });
  onTestFinished(() => link.close());
  const kinds = () => states.map(({ kind }) => kind);
  const reached = (wanted: string[]) => expect.poll(kinds, { timeout: 8000 }).toEqual(wanted);
  return { link, messages, states, reached };
}

test('after a cut it comes back with all its subscriptions, later ones too', async () => {
  const { url, broker, cut } = await startTestBroker();
  const { link, messages, reached, states } = keep(url);
  await reached(['connecting', 'online']);
  expect(states.at(-1)).toEqual({ kind: 'online', refused: ['secret'] });
  expect(await link.subscribe(['room/2'])).toEqual([1]);
  cut();
  await reached(['connecting', 'online', 'offline', 'connecting', 'online']);
  for (const topic of ['room/1', 'room/2']) {
    broker.publish(
      { cmd: 'publish', topic, payload: topic, qos: 1, retain: false, dup: false },
      () => {},
    );
  }
  await expect.poll(() => messages).toEqual(['room/1', 'room/2']);
});

test('refused credentials are told with their code and asked for again', async () => {
  const { url } = await startTestBroker();
  const passwords = ['old', 'right'];
  const { reached, states } = keep(url, { password: () => passwords.shift() ?? 'right' });
  await reached(['connecting', 'offline', 'connecting', 'online']);
  expect(states[1]).toMatchObject({ kind: 'offline', code: 5 });
});

test('hurry does not wait for the next attempt, and while offline nothing is published', async () => {
  const { link, states } = keep('ws://127.0.0.1:9/mqtt');
  await expect.poll(() => states.at(-1)?.kind).toBe('offline');
  await expect(link.publish('room/1', 'lost', 1)).rejects.toThrow('no connection');
  link.hurry();
  expect(states.at(-1)?.kind).toBe('connecting');
});

test('whoever hurries does not make the next attempts rarer', async () => {
  const { link, states } = keep('ws://127.0.0.1:9/mqtt');
  for (let times = 0; times < 4; times += 1) {
    await expect.poll(() => states.at(-1)?.kind).toBe('offline');
    if (times === 3) states.length = 0;
    link.hurry();
  }
  // The first after the last hurry: later ones come by themselves.
  const first = () => states.find(({ kind }) => kind === 'offline');
  await expect.poll(first).toMatchObject({ kind: 'offline' });
  const failed = first();
  expect(failed?.kind === 'offline' && failed.retryInMs).toBeLessThanOrEqual(1000);
});

test('after close nothing more is told or tried', async () => {
  const { url } = await startTestBroker();
  const { link, states, reached } = keep(url);
  await reached(['connecting', 'online']);
  link.close();
  await new Promise((done) => setTimeout(done, 100));
  expect(states).toHaveLength(2);
});

test.each([
  ['away', [500, 1000, 1500, 1500]],
  ['busy', [5000, 5000, 5000, 5000]],
  ['refused', [500, 1000, 2000, 30_000]],
] as const)('while the server is %s the delays grow as %j', (hindrance, expected) => {
  const longest = [0, 1, 2, 50].map((failures) =>
    retryDelay(failures, { hindrance, mayWait: false, chance: 1 }),
  );
  expect(longest).toEqual(expected);
  expect(retryDelay(50, { hindrance, mayWait: false, chance: 0 })).toBe((expected[3] ?? 0) / 2);
});

test.each([
  [0, 'away'],
  [502, 'away'],
  [504, 'away'],
  [500, 'busy'],
  [503, 'busy'],
  [403, 'refused'],
  [429, 'refused'],
])('an answer with %i means that the server is %s', (status, hindrance) => {
  expect(hindranceOf(status)).toBe(hindrance);
});

test('what the server asks to wait is waited, and spread over as long as a busy one is given', () => {
  const asked = { hindrance: 'busy', mayWait: false, askedMs: 20_000 } as const;
  expect(retryDelay(0, { ...asked, chance: 0 })).toBe(20_000);
  expect(retryDelay(0, { ...asked, chance: 1 })).toBe(22_500);
  expect(retryDelay(0, { ...asked, askedMs: 1000, chance: 0 })).toBe(2500);
  const said = (value: string) => readRetryAfter({ get: () => value });
  expect(['7', '86400', '-1', 'tomorrow'].map(said)).toEqual([7000, 60_000, 0, 0]);
  expect(readRetryAfter({ get: () => null })).toBe(0);
});

test('where nobody looks the delays grow to ten seconds', () => {
  expect(retryDelay(50, { hindrance: 'away', mayWait: true, chance: 1 })).toBe(10_000);
});

test('after many failures the next attempt is never more than a moment away', async () => {
  const { states } = keep('ws://127.0.0.1:9/mqtt');
  const offline = () => states.filter(({ kind }) => kind === 'offline');
  await expect.poll(() => offline().length, { timeout: 15_000 }).toBeGreaterThan(5);
  for (const state of offline()) {
    expect(state.kind === 'offline' && state.retryInMs).toBeLessThanOrEqual(1500);
  }
});

test('credentials that the server does not give are asked for more and more rarely', async () => {
  const states: LinkState[] = [];
  const link = keepConnected({
    credentials: async () => Promise.reject(new NotNow({ status: 403, retryAfterMs: 0 })),
    filters: [],
    keepAliveSeconds: 30,
    onMessage: () => {},
    onState: (state) => states.push(state),
  });
  onTestFinished(() => link.close());
  const offline = () => states.filter(({ kind }) => kind === 'offline');
  await expect.poll(() => offline().length, { timeout: 15_000 }).toBe(4);
  const last = offline().at(-1);
  expect(last?.kind === 'offline' && last.retryInMs).toBeGreaterThan(1500);
});
