// Two servers that send to one endpoint: its limit is theirs together, and a pause stops both.
import { expect, onTestFinished, test } from 'vitest';
import type { Behaviour } from '../../sandbox/receiver/behaviour.ts';
import { type Receiver, startReceiver } from '../../sandbox/receiver/start-receiver.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { fillBacklog } from '../makers/fill-backlog.ts';
import { makeChannel, makeConversation } from '../makers/make-conversation.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { silentDesk } from '../makers/silent-desk.ts';
import { eventually, TOKEN } from '../makers/start-test-usher.ts';
import { SECRET } from '../makers/start-with-receiver.ts';
import { startServerProcess } from './server-process.ts';

const AT_ONCE = 8;

async function startTwo(behaviour: Behaviour) {
  const { pool, url } = await makeDatabase();
  const environment = {
    DATABASE_URL: url,
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
    USHER_SWEEP_MS: '100',
  };
  const servers = [await startServerProcess(environment), await startServerProcess(environment)];
  await Promise.all(servers.map((server) => server.ready()));
  const receiver = await startReceiver({ secrets: [SECRET], behaviour });
  onTestFinished(() => receiver.stop());
  const call = async (method: string, path: string, body: object) => {
    const answer = await fetch(`${servers[0]?.url}/api/v1/${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as { id: string };
  };
  const events = ['conversation.opened'];
  const address = `${receiver.url}/hook`;
  const endpoint = await call('POST', 'endpoints', {
    url: address,
    secret: SECRET,
    events,
    enabled: false,
  });
  const place = { desk: silentDesk(pool), workspaceId: DEFAULT_WORKSPACE };
  const channel = await makeChannel(place);
  const open = async (count: number) => {
    for (let n = 0; n < count; n += 1) await makeConversation(place, channel);
  };
  const enable = (enabled: boolean) => call('PATCH', `endpoints/${endpoint.id}`, { enabled });
  return { pool, receiver, endpoint, open, enable };
}

const arrived = (receiver: Receiver, count: number, withinMs = 20_000) =>
  eventually(
    () => receiver.requests.length,
    (found) => found >= count,
    withinMs,
  );

test('an endpoint that never answers is sent eight requests by two servers together', async () => {
  const { receiver, open, enable } = await startTwo({ fault: 'hang' });
  // Few, so that whoever sends them has not taken them all ahead.
  await enable(true);
  for (let n = 0; n < 10; n += 1) {
    await open(2);
    // Both look several times meanwhile.
    await new Promise((done) => setTimeout(done, 120));
  }
  await arrived(receiver, AT_ONCE);
  await new Promise((done) => setTimeout(done, 1000));
  expect(receiver.requests).toHaveLength(AT_ONCE);
}, 120_000);

test('two servers at a slow endpoint keep to eight at a time, share its places, and send all there is', async () => {
  const { pool, receiver, open, enable } = await startTwo({ status: 200, afterMs: 250 });
  await enable(true);
  await open(120);
  const left = async () =>
    (await pool.query(`select from delivery where state = 'pending'`)).rowCount;
  await eventually(left, (count) => count === 0, 60_000);
  expect(receiver.firstSeen().size).toBe(120);
  expect(mostAtOnce(receiver, 250)).toBeLessThanOrEqual(AT_ONCE);
}, 120_000);

/** Each request takes so long at least; only those that surely overlapped count. */
function mostAtOnce({ requests }: Receiver, tookMs: number): number {
  const counts = requests.map(
    ({ at }) => requests.filter((one) => one.at <= at && one.at > at - tookMs + 20).length,
  );
  return Math.max(...counts);
}

test('a pause stops both servers, also what they had taken ahead', async () => {
  const { pool, receiver, endpoint, open, enable } = await startTwo({ status: 200, afterMs: 5 });
  await open(100);
  await fillBacklog(pool, { endpointId: endpoint.id, events: 20 });
  await enable(true);
  await arrived(receiver, 100);
  await enable(false);
  const sent = receiver.requests.length;
  const left = async () =>
    (await pool.query(`select from delivery where state = 'held'`)).rowCount ?? 0;
  // What was under way ends; nothing else begins.
  await new Promise((done) => setTimeout(done, 700));
  expect(receiver.requests.length - sent).toBeLessThanOrEqual(AT_ONCE);
  expect(await left()).toBeGreaterThan(0);
  await enable(true);
  await eventually(left, (count) => count === 0);
  await arrived(receiver, 2000, 60_000);
}, 120_000);
