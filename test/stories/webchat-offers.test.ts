// Offers by the contract of Chimp Assist: what a client of the original is told over MQTT, and what its answers do.
import { expect, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';
import { putOffer } from '../makers/start-with-offers.ts';
import { type AgentClient, connectAgent, connectVisitor } from '../makers/web-client.ts';

/** Ana's client has been told of a visitor's conversation that the plan offers for 20 seconds. */
async function begin({ misses = 5 } = {}) {
  const usher = await startTestUsher({ ATTENDANT_KEEP_ALIVE_TIME: '3600000' });
  const { call } = usher;
  await putOffer(call, { within: 20, misses });
  const made = await call('POST', '/api/v1/channels', { body: { kind: 'webchat', name: 'Shop' } });
  const { id: channelId } = made.body as { id: string };
  const ana = await connectAgent(usher, { name: 'Ana', capacity: 1 });
  await ana.beat();
  const visitor = await connectVisitor(usher, { channelId, customer: { id: 'c1' } });
  await visitor.say('server/sessions/request', { customerId: 'c1', requestID: 'r1' });
  const session = (await ana.receives()) as Awaited<ReturnType<AgentClient['receives']>> & {
    offeredUntil: number;
    offeredForMs: number;
  };
  const [offered] = await usher.conversations('assigned');
  const id = offered?.id ?? '';
  const now = async () => (await call('GET', `/api/v1/conversations/${id}`)).body as Conversation;
  const answer = (who: AgentClient, accepted?: boolean, more: object = {}) =>
    who.say('server/attendants/assign', {
      ...{ attendantInfo: { id: who.agentId }, sessionInfo: session, ...more },
      ...(accepted !== undefined && { accepted }),
    });
  const isTold = (who: AgentClient, instruction: string) =>
    who.hears(
      `client/attendants/control/${who.agentId}`,
      (body) => body.instruction === instruction,
    );
  const typesOf = async () => {
    const { body } = await call('GET', `/api/v1/conversations/${id}/events`);
    const { items } = body as { items: { type: string; data: { reason?: string } }[] };
    return items.filter(({ type }) => /offered|accepted|declined|missed/.test(type));
  };
  return { usher, ana, visitor, session, offered, id, now, answer, isTold, typesOf };
}

test('a client is told until when it may accept, by a moment and by what is left of it', async () => {
  const { session, offered } = await begin();
  expect(session).toMatchObject({ status: 'waitingAttendantsAssignment', assignedAttendants: [] });
  expect(session.offeredUntil).toBe(Date.parse(offered?.offeredUntil ?? ''));
  expect(session.offeredForMs).toBeGreaterThan(10_000);
  expect(session.offeredForMs).toBeLessThanOrEqual(20_000);
});

test('the visitor is not told to whom it is offered, nor until when', async () => {
  const { visitor, ana } = await begin();
  expect(JSON.stringify(visitor.heard)).not.toContain(ana.agentId);
  expect(JSON.stringify(visitor.heard)).not.toContain('offeredUntil');
});

test('accepting by the topic makes it the agent’s, and the visitor hears so once', async () => {
  const { ana, visitor, now, answer, typesOf } = await begin();
  await answer(ana);
  const isReady = (body: { instruction: string }) => body.instruction === 'session/ready';
  await visitor.hears(`${visitor.session.sessionTopic}/client/control`, isReady);
  expect(await now()).toMatchObject({ agentId: ana.agentId, offeredUntil: null });
  // Clients of the original answer every assignment, also one that they have accepted.
  await answer(ana);
  expect(ana.isClosed()).toBe(false);
  expect(ana.heard.filter(({ body }) => body.instruction?.includes('offer'))).toEqual([]);
  expect((await typesOf()).map(({ type }) => type)).toEqual([
    'conversation.offered',
    'conversation.accepted',
  ]);
});

test('declining by the topic gives it back with the reason', async () => {
  const { ana, now, answer, typesOf } = await begin();
  await answer(ana, false, { reason: 'busy' });
  expect(await now()).toMatchObject({ state: 'waiting', agentId: null });
  expect(await typesOf()).toMatchObject([
    { type: 'conversation.offered' },
    { type: 'conversation.declined', data: { reason: 'busy' } },
  ]);
});

test('whose time is over is told, and that they are away once they have missed so many', async () => {
  const { usher, ana, session, isTold } = await begin({ misses: 1 });
  await usher.clock.advance(20_001);
  expect(await isTold(ana, 'attendant/offer/missed')).toEqual({
    ...{ instruction: 'attendant/offer/missed', away: true },
    ...{ sessionId: session.sessionId, sessionTopic: session.sessionTopic },
  });
  const agent = await usher.call('GET', `/api/v1/agents/${ana.agentId}`);
  expect(agent.body).toMatchObject({ availability: 'away', statusCause: 'missed-offers' });
  // A heartbeat says that the client is there, not that its agent wants to be asked again.
  await ana.beat();
  const later = await usher.call('GET', `/api/v1/agents/${ana.agentId}`);
  expect(later.body).toMatchObject({ availability: 'away' });
});

test('an answer that comes too late, twice, for somebody else or after the end is refused with the reason, and changes nothing', async () => {
  const { usher, ana, now, id, answer, isTold, typesOf } = await begin();
  const budi = await connectAgent(usher, { name: 'Budi' });
  const refuses = async (
    who: AgentClient,
    accepted: boolean,
    told: { code: string; reason?: string },
  ) => {
    const [before, events] = [await now(), await typesOf()];
    who.heard.length = 0;
    await answer(who, accepted);
    expect(await isTold(who, 'attendant/offer/refused')).toMatchObject(told);
    expect([await now(), await typesOf()]).toEqual([before, events]);
    expect(who.isClosed()).toBe(false);
  };
  const not = 'conversation.not-offered';
  for (const accepted of [true, false]) {
    await refuses(budi, accepted, { code: not, reason: 'Ana has it.' });
  }
  await usher.clock.advance(20_001);
  await eventually(now, ({ state }) => state === 'waiting');
  for (const accepted of [true, false]) {
    await refuses(ana, accepted, { code: 'conversation.offer-late' });
  }
  await usher.clock.advance(31_000);
  await eventually(now, ({ agentId }) => agentId === ana.agentId);
  await answer(ana, true);
  await eventually(now, ({ offeredUntil }) => offeredUntil === null);
  await refuses(ana, false, { code: not, reason: 'It was accepted before, so it stays.' });
  await usher.call('POST', `/api/v1/conversations/${id}/close`, { body: {} });
  for (const accepted of [true, false]) {
    await refuses(ana, accepted, { code: not, reason: 'The conversation has ended.' });
  }
});

test('an answer in the name of somebody else ends the connection, and changes nothing', async () => {
  const { usher, ana, now, answer } = await begin();
  const budi = await connectAgent(usher, { name: 'Budi' });
  const before = await now();
  // It is never acknowledged.
  void answer(budi, true, { attendantInfo: { id: ana.agentId } }).catch(() => {});
  await eventually(
    async () => budi.isClosed(),
    (closed) => closed,
  );
  expect(await now()).toEqual(before);
});
