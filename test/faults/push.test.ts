// Servers that are killed while they push: nobody is told twice of one cause, and what is lost is only what a killed server had in its hands.
import { expect, onTestFinished, test } from 'vitest';
import { startPushService } from '../../sandbox/push/start-push-service.ts';
import { openBrowser } from '../makers/browse.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { type Fire, openFire } from './open-fire.ts';

const long = process.env.USHER_LONG_TESTS === '1';

test.skipIf(long)(
  'of two servers that are killed in turn each of 60 conversations is pushed once at most, and lost only in a killed server',
  () => underFire({ conversations: 60, kills: 4 }),
  240_000,
);

test.runIf(long)(
  'of two servers that are killed in turn each of 600 conversations is pushed once at most, and lost only in a killed server',
  () => underFire({ conversations: 600, kills: 25 }),
  900_000,
);

async function underFire({
  conversations: count,
  kills,
}: {
  conversations: number;
  kills: number;
}) {
  const service = await startPushService();
  onTestFinished(() => service.stop());
  const environment = { USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.1' };
  const fire = await openFire({ steps: count, kills, pause: [0, 1500], environment });
  const channelId = await setUp(fire, {
    capacity: count,
    subscription: service.addDevice().subscription,
  });
  await fire.during(openAll(fire, { channelId, count }));
  const { pool } = fire;
  await eventually(
    async () => (await pool.query(`select from push where state <> 'due'`)).rowCount,
    (sent) => sent === count,
    90_000,
  );
  // Whatever is still under way ends, or was in the hands of a server that is dead.
  await eventually(
    async () =>
      (
        await pool.query(
          `select from push where state = 'sending' and taken_at > clock_timestamp() - interval '12 seconds'`,
        )
      ).rowCount,
    (left) => left === 0,
    30_000,
  );
  const told = service.messages.map(({ content }) => content.conversationId as string);
  expect(new Set(told).size, `seed ${fire.seed}`).toBe(told.length);
  const { rows } = await pool.query<{ id: string; state: string }>(
    'select conversation_id as id, state from push',
  );
  const heard = new Set(told);
  const lost = rows.filter(({ id, state }) => !heard.has(id) && state !== 'sending');
  expect(lost, `seed ${fire.seed}`).toEqual([]);
  // Without a kill there is none of these: a server has at most so many in its hands.
  const inHands = rows.filter(({ state }) => state === 'sending').length;
  expect(inHands).toBeLessThanOrEqual(kills);
  await fire.expectSoundState();
}

async function setUp(
  { call, url }: Fire,
  { capacity, subscription }: { capacity: number; subscription: object },
): Promise<string> {
  const made = await call('POST', '/api/v1/channels', { body: { kind: 'api', name: 'Shop' } });
  const person = { name: 'Budi', email: 'budi@example.com', role: 'agent' };
  const invited = (await call('POST', '/api/v1/users', { body: person })).body as {
    inviteUrl: string;
    user: { agentId: string };
  };
  const browser = openBrowser({ url });
  const code = invited.inviteUrl.split('/').at(-1);
  const password = 'a long password of Budi';
  await browser.send('POST', `/api/v1/invites/${code}`, { body: { password } });
  const body = { ...subscription, sleeps: true, language: 'en' };
  const answer = await browser.send('PUT', '/api/v1/session/push', { body });
  expect(answer.status, answer.text).toBe(204);
  await call('PATCH', `/api/v1/agents/${invited.user.agentId}`, {
    body: { capacity, availability: 'online' },
  });
  return (made.body as { id: string }).id;
}

async function openAll(
  { call, step, random }: Fire,
  { channelId, count }: { channelId: string; count: number },
): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) {
    const body = { externalId: `talk-${nth}`, contact: { externalId: `c-${nth}` } };
    await call('POST', `/api/v1/channels/${channelId}/conversations`, { body });
    step();
    await new Promise((done) => setTimeout(done, random.between(0, 200)));
  }
}
