// Coming back after the connection was lost.
import { expect, onTestFinished, test } from 'vitest';
import { keepConnected, type Link, type LinkOptions, type LinkState } from './keep-connected.ts';
import { retryDelay } from './retry-delay.ts';
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

test('the delays double up to half a minute and are spread over their upper half', () => {
  expect([0, 1, 2, 5, 50].map((failures) => retryDelay(failures, 1))).toEqual([
    1000, 2000, 4000, 30_000, 30_000,
  ]);
  expect(retryDelay(0, 0)).toBe(500);
});
