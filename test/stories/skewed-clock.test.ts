// The database judges what time it is: a server whose machine is wrong by five seconds answers as one that is right.
import { describe, expect, test } from 'vitest';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { undoAssignment } from '../../src/desk/requeue-conversation.ts';
import { signInAs, WITH_ADMIN } from '../makers/browse.ts';
import { measureOwnTime } from '../makers/measure-own-time.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';
import { SECRET, startWithQiscus } from '../makers/start-with-qiscus.ts';
import { startWithReceiver } from '../makers/start-with-receiver.ts';
import { connectAgent, connectWeb, type Login } from '../makers/web-client.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
describe.each([-5 * SECOND, 5 * SECOND])('with a machine that is wrong by %i ms', (skewMs) => {
  const start = (environment = {}) => startTestUsher(environment, { skewMs });

  test('a proof holds for a quarter of an hour, and a session for as long as it may be idle', async () => {
    const usher = await start(WITH_ADMIN);
    const browser = await signInAs(usher);
    const until = async () =>
      (await browser.send('GET', '/api/v1/session/proof')).body.provedUntil !== null;
    await usher.clock.advance(15 * MINUTE - 3 * SECOND);
    expect(await until()).toBe(true);
    await usher.clock.advance(3 * SECOND);
    expect(await until()).toBe(false);
    await usher.clock.advance(14 * 24 * 60 * MINUTE - 10 * SECOND);
    expect((await browser.send('GET', '/api/v1/session')).status).toBe(200);
    await usher.clock.advance(14 * 24 * 60 * MINUTE);
    expect((await browser.send('GET', '/api/v1/session')).status).toBe(401);
  });

  test('a token ends a day after it was made, and what an agent connects with after ten minutes', async () => {
    const usher = await start();
    const made = await usher.call('POST', '/api/v1/tokens', {
      body: { name: 'a day', role: 'supervisor', expiresInDays: 1 },
    });
    const { token } = made.body as { token: string };
    const look = async () => (await usher.call('GET', '/api/v1/agents', { token })).status;
    const { token: own } = await connectAgent(usher);
    const enter = async ({ body }: { body: unknown }) =>
      connectWeb(body as Login).then(
        (client) => client.close(),
        () => 'refused',
      );
    const login = await usher.call('POST', '/api/v1/session/mqtt', { token: own, body: {} });
    await usher.clock.advance(10 * MINUTE - 3 * SECOND);
    expect(await enter(login)).not.toBe('refused');
    await usher.clock.advance(3 * SECOND);
    expect(await enter(login)).toBe('refused');
    await usher.clock.advance(24 * 60 * MINUTE - 10 * MINUTE - 3 * SECOND);
    expect(await look()).toBe(200);
    await usher.clock.advance(3 * SECOND);
    expect(await look()).toBe(401);
  });

  test('the lease of an agent ends when it ends, and is told at once', async () => {
    const usher = await start();
    const { body } = await usher.call('POST', '/api/v1/agents', { body: { name: 'Ana' } });
    const path = `/api/v1/agents/${(body as { id: string }).id}`;
    const lease = { availability: 'online', leaseSeconds: 50 };
    expect((await usher.call('PATCH', path, { body: lease })).status).toBe(200);
    const { pool } = usher.database;
    const state = async () =>
      ((await usher.call('GET', path)).body as { availability: string }).availability;
    await usher.clock.advance(47 * SECOND);
    expect(await state()).toBe('online');
    await usher.clock.advance(3 * SECOND);
    expect(await state()).toBe('offline');
    // The event tells it of the moment at which it ended, and is there without a sweep.
    const changes = () =>
      pool.query(`select data->>'availability' as to from event
        where type = 'agent.availability-changed' order by seq`);
    await eventually(
      async () => (await changes()).rows.at(-1)?.to,
      (to) => to === 'offline',
      10 * SECOND,
    );
  });

  test('who falls silent over MQTT is gone when the lease of the last heartbeat is over', async () => {
    const usher = await start({ ATTENDANT_KEEP_ALIVE_TIME: '60000' });
    const agent = await connectAgent(usher);
    const state = async () => {
      const { body } = await usher.call('GET', `/api/v1/agents/${agent.agentId}`);
      return (body as { availability: string }).availability;
    };
    for (let beats = 0; beats < 2; beats += 1) {
      await agent.beat();
      await usher.clock.advance(MINUTE - 3 * SECOND);
      expect(await state()).toBe('online');
    }
    await usher.clock.advance(3 * SECOND);
    expect(await state()).toBe('offline');
  });

  test('a delivery is repeated when its retry is due, and not sooner', async () => {
    const { usher, listen, open, act } = await startWithReceiver({}, { skewMs });
    const behaviour = [{ status: 500 }, { status: 200 }];
    const { receiver } = await listen({ events: ['session_state_close'] }, { behaviour });
    await act(await open(), 'close');
    const { rows } = await eventually(
      () =>
        usher.database.pool.query<{ ms: number }>(
          `select extract(epoch from due_at - clock_timestamp())::float8 * 1000 as ms from delivery
          where state = 'pending' and attempts = 1`,
        ),
      ({ rowCount }) => rowCount === 1,
    );
    const dueInMs = rows[0]?.ms ?? 0;
    expect(dueInMs).toBeGreaterThan(SECOND);
    const began = performance.now();
    const own = measureOwnTime();
    await eventually(
      () => receiver.requests.length,
      (count) => count === 2,
    );
    expect(performance.now() - began).toBeGreaterThan(dueInMs - 100);
    expect(own()).toBeLessThan(dueInMs + 3 * SECOND);
  });

  test('an old secret signs until its end', async () => {
    const { usher, listen, open, advance } = await startWithReceiver({}, { skewMs });
    const { receiver, endpoint } = await listen({ events: ['session_state_open'] });
    const path = `/api/v1/endpoints/${endpoint.id}`;
    const body = { secret: 'newsecret', keepOldSecretSeconds: 60 };
    expect((await usher.call('PATCH', path, { body })).status).toBe(200);
    const shown = async () =>
      ((await usher.call('GET', path)).body as { oldSecretUntil: string | null }).oldSecretUntil;
    const signatures = async (count: number) => {
      await open();
      await eventually(
        () => receiver.requests.length,
        (found) => found === count,
      );
      const header = receiver.requests[count - 1]?.headers['webhook-signature'];
      return String(header).split(' ').length;
    };
    await advance(57 * SECOND);
    expect(await shown()).not.toBeNull();
    expect(await signatures(1)).toBe(2);
    await advance(4 * SECOND);
    expect(await shown()).toBeNull();
    expect(await signatures(2)).toBe(1);
  });

  test('what is held is given to nobody before its end, and then to somebody', async () => {
    const { usher, open, addAgent } = await startWithReceiver({}, { skewMs });
    const { pool } = usher.database;
    const agentId = await addAgent();
    const conversationId = await open();
    const state = async () => (await usher.conversations())[0]?.state;
    await eventually(state, (found) => found === 'assigned');
    await pool.query(
      `update conversation set confirmed_at = null; update assignment set state = 'pending', confirmed_at = null`,
    );
    const undone = { workspaceId: DEFAULT_WORKSPACE, conversationId, agentId };
    const how = { reason: 'agent-refused', excludeAgent: false, holdMs: 30 * SECOND };
    await undoAssignment(usher.desk, { ...undone, ...how });
    await usher.clock.advance(27 * SECOND);
    // A pass that finds nothing has been here by then.
    await open();
    await eventually(
      async () => (await usher.conversations('assigned')).length,
      (count) => count === 1,
    );
    expect(await usher.conversations('waiting')).toMatchObject([{ id: conversationId }]);
    await usher.clock.advance(3 * SECOND);
    await eventually(
      async () => (await usher.conversations('waiting')).length,
      (count) => count === 0,
    );
  });

  test('close_request tells whom the freed agent was given, and nobody that was given before', async () => {
    const environment = { QISCUS_MAX_CUSTOMER: '1', QISCUS_SYNC_ROOMS_MS: '3600000' };
    const { usher, qiscus } = await startWithQiscus({ agents: 1, environment, skewMs });
    qiscus.setWebhooks({ allocateAgentUrl: null, markAsResolvedUrl: null });
    const call = (path: string, body: object) =>
      usher.call('POST', `/api/v1/${path}/${SECRET}`, { body, token: null });
    const request = (room_id: string) => {
      const { appId: app_id } = qiscus.app;
      return call('new_request', { app_id, room_id, source: 'qiscus', name: 'A', email: room_id });
    };
    const [first, second] = [1, 2].map((n) => {
      const customer = { userId: `c${n}@example.com`, name: `Customer ${n}` };
      return qiscus.customerMessage({ ...customer, text: 'Hi' }).roomId;
    });
    await eventually(
      () => request(first ?? ''),
      ({ status }) => status === 200,
    );
    expect(await request(second ?? '')).toMatchObject({ status: 202 });
    qiscus.resolveByHand({ roomId: first ?? '' });
    const closed = await call('close_request', { service: { room_id: first, id: 1 } });
    expect(closed).toMatchObject({ status: 200, body: { roomId: second } });
    qiscus.resolveByHand({ roomId: second ?? '' });
    const last = await call('close_request', { service: { room_id: second, id: 2 } });
    expect(last).toMatchObject({ status: 204, text: '' });
  });
});
