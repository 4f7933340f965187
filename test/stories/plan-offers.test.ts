// A plan that offers: whom the router chooses is asked first, on every channel whose desk is ours.
import { expect, test } from 'vitest';
import type { Decisions } from '../../src/contract/decisions.ts';
import type { WhyNot } from '../../src/contract/why-not.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { startWithOffers } from '../makers/start-with-offers.ts';

test('an offer takes capacity while it stands, and nobody else is given it', async () => {
  const { addAgent, open, get, offeredTo, agent } = await startWithOffers();
  const ana = await addAgent('Ana');
  const first = await open();
  const { assignedAt, offeredUntil, confirmedAt } = await offeredTo(first, ana.id);
  expect(Date.parse(offeredUntil ?? '') - Date.parse(assignedAt ?? '')).toBe(20_000);
  expect([confirmedAt, (await agent(ana.id)).load]).toEqual([null, 1]);
  const second = await open();
  expect((await get(second)).state).toBe('waiting');
});

test('what is declined goes to somebody else at its old rank, with the reason on record', async () => {
  const { call, addAgent, open, get, offeredTo, answer, eventsOf } = await startWithOffers();
  const ana = await addAgent('Ana');
  const id = await open();
  const { rankAt } = await offeredTo(id, ana.id);
  const budi = await addAgent('Budi');
  expect((await answer(id, 'decline', ana.token, { reason: 'At lunch' })).status).toBe(200);
  expect((await offeredTo(id, budi.id)).rankAt).toBe(rankAt);
  expect((await answer(id, 'accept', ana.token)).body).toMatchObject({
    ...{ status: 409, code: 'conversation.not-offered', detail: 'You have declined it.' },
  });
  expect((await answer(id, 'accept', budi.token)).status).toBe(200);
  expect(await get(id)).toMatchObject({ agentId: budi.id, offeredUntil: null });
  const verdicts = (await eventsOf(id)).filter(({ type }) =>
    ['offered', 'accepted', 'declined', 'missed'].some((one) => type.endsWith(`.${one}`)),
  );
  expect(verdicts).toMatchObject([
    { type: 'conversation.offered', data: { agentId: ana.id } },
    { type: 'conversation.declined', data: { agentId: ana.id, reason: 'At lunch' } },
    { type: 'conversation.offered', data: { agentId: budi.id } },
    { type: 'conversation.accepted', data: { agentId: budi.id, byAnswering: false } },
  ]);
  const { decisions } = (await call('GET', `/api/v1/conversations/${id}/decisions`))
    .body as Decisions;
  expect(decisions).toMatchObject([
    { agentId: budi.id, state: 'confirmed', because: { removed: { excluded: 1 } } },
    { agentId: ana.id, state: 'undone', endReason: 'declined', declineReason: 'At lunch' },
  ]);
});

test('who misses so many in a row becomes away with the cause, and one answer begins the count again', async () => {
  const { usher, call, addAgent, open, offeredTo, answer, eventsOf, agent } =
    await startWithOffers();
  const ana = await addAgent('Ana');
  const first = await open();
  await offeredTo(first, ana.id);
  await usher.clock.advance(20_001);
  await eventually(
    () => eventsOf(first),
    (events) => events.some(({ type }) => type === 'conversation.missed'),
  );
  expect((await answer(first, 'accept', ana.token)).body).toMatchObject({
    ...{ status: 409, code: 'conversation.offer-late' },
  });
  expect((await agent(ana.id)).availability).toBe('online');
  const second = await open();
  await offeredTo(second, ana.id);
  expect((await answer(second, 'accept', ana.token)).status).toBe(200);
  await call('POST', `/api/v1/conversations/${second}/close`, { body: {} });
  for (const misses of [2, 3]) {
    // Nobody else could take it, so she is asked again after a while.
    await usher.clock.advance(600_000);
    await offeredTo(first, ana.id);
    expect((await agent(ana.id)).availability).toBe('online');
    await usher.clock.advance(20_001);
    await eventually(
      () => eventsOf(first),
      (events) => events.filter(({ type }) => type.endsWith('.missed')).length === misses,
    );
  }
  expect(await agent(ana.id)).toMatchObject({ availability: 'away', statusCause: 'missed-offers' });
  const missed = (await eventsOf(first)).filter(({ type }) => type === 'conversation.missed');
  expect(missed.map(({ data }) => data.inARow)).toEqual([1, 1, 2]);
});

test('an answer to the contact accepts', async () => {
  const { addAgent, open, get, offeredTo, answer, eventsOf } = await startWithOffers();
  const ana = await addAgent('Ana');
  const id = await open();
  await offeredTo(id, ana.id);
  expect((await answer(id, 'messages', ana.token, { text: 'Good morning' })).status).toBe(201);
  expect(await get(id)).toMatchObject({ agentId: ana.id, offeredUntil: null });
  const accepted = (await eventsOf(id)).filter(({ type }) => type === 'conversation.accepted');
  expect(accepted).toMatchObject([{ data: { agentId: ana.id, byAnswering: true } }]);
});

test('somebody else’s answer, and one to what was never offered, change nothing', async () => {
  const { addAgent, open, get, offeredTo, answer } = await startWithOffers();
  const ana = await addAgent('Ana');
  const budi = await addAgent('Budi', 0);
  const id = await open();
  const before = await offeredTo(id, ana.id);
  for (const verb of ['accept', 'decline']) {
    expect((await answer(id, verb, budi.token)).body, verb).toMatchObject({
      ...{ status: 409, code: 'conversation.not-offered', detail: 'Ana has it.' },
    });
  }
  expect((await answer(id, 'decline', ana.token, { reason: 'x'.repeat(201) })).status).toBe(400);
  expect(await get(id)).toEqual(before);
});

test('why and why not say to whom it is offered, and who declined it', async () => {
  const { usher, call, addAgent, open, offeredTo, answer } = await startWithOffers();
  const ana = await addAgent('Ana');
  const id = await open();
  const { offeredUntil: until } = await offeredTo(id, ana.id);
  const why = async () =>
    (await call('GET', `/api/v1/conversations/${id}/decisions`)).body as Decisions;
  expect((await why()).reasons[0]).toEqual({ code: 'offered', agentName: 'Ana', until });
  const whyNot = async (agentId: string) =>
    (await call('GET', `/api/v1/conversations/${id}/why-not/${agentId}`)).body as WhyNot;
  const budi = await addAgent('Budi', 0);
  expect((await whyNot(budi.id)).reasons[0]).toMatchObject({ code: 'offered', agentName: 'Ana' });
  await answer(id, 'decline', ana.token);
  const declined = await eventually(
    () => whyNot(ana.id),
    ({ reasons }) => reasons[0]?.code === 'excluded',
  );
  expect(declined.reasons[0]).toMatchObject({ cause: 'declined' });
  // She is full by then, so it is not offered to her again.
  await usher.call('PATCH', `/api/v1/agents/${ana.id}`, { body: { capacity: 0 } });
  await usher.clock.advance(31_000);
  const asked = await eventually(
    () => whyNot(ana.id),
    ({ reasons }) => reasons.some(({ code }) => code === 'asked-before'),
  );
  expect(asked.explanation).toContain(
    'Ana was asked before: they declined it. Others are asked first.',
  );
});

test('a plan’s offer has bounds', async () => {
  const { call } = await startWithOffers();
  const { policy } = (await call('GET', '/api/v1/policy')).body as { policy: object };
  const bad = [
    { within: 4, misses: 2 },
    { within: 601, misses: 2 },
    { within: 20, misses: 0 },
    { within: 20, misses: 21 },
    { within: 20 },
    { within: 20.5, misses: 2 },
  ];
  for (const offer of bad) {
    const body = { ...policy, plans: [{ name: 'Asked', steps: [{ after: 0 }], offer }] };
    const put = await call('PUT', '/api/v1/policy', { body });
    expect([put.status, put.text], JSON.stringify(offer)).toEqual([
      400,
      expect.stringContaining('/plans/0/offer'),
    ]);
  }
});
