// A server that dies in the middle of its requests: the other one makes them again, to the same receiver.
import { expect, onTestFinished, test } from 'vitest';
import { startReceiver } from '../../sandbox/receiver/start-receiver.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { makeChannel, makeConversation } from '../makers/make-conversation.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { silentDesk } from '../makers/silent-desk.ts';
import { eventually, TOKEN } from '../makers/start-test-usher.ts';
import { SECRET } from '../makers/start-with-receiver.ts';
import { startServerProcess } from './server-process.ts';

test('what a killed server was sending, and what it had only taken, is sent by the other', async () => {
  const { pool, url } = await makeDatabase();
  const environment = {
    DATABASE_URL: url,
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
    USHER_SWEEP_MS: '300',
  };
  const first = await startServerProcess(environment);
  await first.ready();
  const receiver = await startReceiver({ secrets: [SECRET], behaviour: { fault: 'hang' } });
  onTestFinished(() => receiver.stop());
  await fetch(`${first.url}/api/v1/endpoints`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({ url: receiver.url, secret: SECRET, events: ['session_state_open'] }),
  });
  const place = { desk: silentDesk(pool), workspaceId: DEFAULT_WORKSPACE };
  const channel = await makeChannel(place);
  for (let n = 0; n < 20; n += 1) await makeConversation(place, channel);
  // Eight at a time.
  await eventually(
    () => receiver.requests.length,
    (found) => found === 8,
  );
  const second = await startServerProcess(environment);
  await second.ready();
  await new Promise((done) => setTimeout(done, 1000));
  expect(receiver.requests.filter(({ time }) => time > 1)).toEqual([]);
  receiver.setBehaviour({ status: 200 });
  await first.kill();

  const states = async () =>
    (await pool.query<{ state: string }>('select distinct state from delivery')).rows;
  await eventually(states, ([one, other]) => one?.state === 'done' && other === undefined, 10_000);
  expect(receiver.repeats()).toHaveLength(8);
  expect(receiver.repeats().every(({ times, identical }) => times === 2 && identical)).toBe(true);
  expect(receiver.unsigned()).toEqual([]);
  expect(receiver.firstSeen().size).toBe(20);
}, 120_000);
