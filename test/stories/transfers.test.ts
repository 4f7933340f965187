// A conversation is handed over with a note, into a plan too, and given back in one stroke.
import { expect, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import type { Decisions } from '../../src/contract/decisions.ts';
import { startDeskOfThree } from '../makers/start-desk-of-three.ts';
import { eventually, type TestUsher } from '../makers/start-test-usher.ts';

const NOTE = 'She has paid twice. Ask for the number of the order.';

test('whoever gets a conversation reads who handed it over and why, and the visitor is told of the agent alone', async () => {
  const { usher, ana, budi, visitor, as, read, messages, events } = await startDeskOfThree();
  const sent = await as(ana, 'POST', '/transfer', { agentId: budi.agentId, note: ` ${NOTE} ` });
  const transfer = { how: 'transferred', by: `agent:${ana.agentId}`, fromAgentId: ana.agentId };
  expect(sent.body).toMatchObject({ agentId: budi.agentId, transfer: { ...transfer, note: NOTE } });
  expect((await read(budi)).transfer).toMatchObject({ ...transfer, note: NOTE });
  expect((await messages(budi)).at(-1)).toMatchObject({
    ...{ kind: 'note', mark: 'transfer', text: NOTE, delivery: null },
    ...{ authorKind: 'agent', authorId: ana.agentId, toAgentIds: [budi.agentId] },
  });
  expect((await events()).find(({ type }) => type === 'conversation.transferred')?.data).toEqual({
    ...{ from: ana.agentId, toAgentId: budi.agentId, by: `agent:${ana.agentId}`, note: NOTE },
  });
  const { sessionTopic, customerId } = visitor.session;
  await visitor.hears(`${sessionTopic}/client/control`, (body) =>
    JSON.stringify(body).includes('Budi'),
  );
  expect(JSON.stringify(visitor.heard)).not.toContain('paid twice');
  const seen = await usher.call('GET', `/customer/${customerId}/messages`, { token: null });
  expect(seen.text).not.toContain('paid twice');
});

test('a transfer that is refused leaves no note', async () => {
  const { ana, budi, as, messages, events, setAgent } = await startDeskOfThree();
  await setAgent(budi, { capacity: 0 });
  const before = [await messages(), await events()];
  const full = await as(ana, 'POST', '/transfer', { agentId: budi.agentId, note: NOTE });
  expect(full.body).toMatchObject({ code: 'agent.at-capacity' });
  const bystander = await as(budi, 'POST', '/transfer', { teamId: null, note: NOTE });
  expect(bystander.body).toMatchObject({ code: 'conversation.held-by-another' });
  const unknown = await as(ana, 'POST', '/transfer', { plan: 'Billing', note: NOTE });
  expect(unknown).toMatchObject({ status: 404, body: { code: 'plan.not-found' } });
  for (const body of [{ note: NOTE }, { plan: '' }, { plan: 'a', agentId: budi.agentId }, {}]) {
    expect((await as(ana, 'POST', '/transfer', body)).status, JSON.stringify(body)).toBe(400);
  }
  const long = await as(ana, 'POST', '/transfer', {
    ...{ agentId: budi.agentId, note: 'x'.repeat(2001) },
  });
  expect(long.status).toBe(400);
  expect([await messages(), await events()]).toEqual(before);
});

async function usePlans({ call }: TestUsher): Promise<void> {
  const { policy } = (await call('GET', '/api/v1/policy')).body as { policy: object };
  const team = await call('POST', '/api/v1/teams', { body: { name: 'Money' } });
  expect(team.status).toBe(201);
  const put = await call('PUT', '/api/v1/policy', {
    body: {
      ...policy,
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      rules: [{ name: 'Everybody', then: { plan: 'Front' } }],
      plans: [
        { name: 'Front', steps: [{ after: 0 }] },
        {
          ...{ name: 'Billing', targets: { end: 600 } },
          steps: [
            { after: 0, team: 'Money' },
            { after: 15, team: null },
          ],
        },
      ],
    },
  });
  expect(put.status, put.text).toBe(200);
}

test('a plan that a person chose begins then, keeps the rank, and no rule takes it out again', async () => {
  const { usher, ana, budi, as, read, setAgent } = await startDeskOfThree();
  await usePlans(usher);
  await setAgent(budi, { availability: 'online' });
  const { rankAt } = await read();
  await usher.clock.advance(20_000);
  const listed = await usher.call('GET', '/api/v1/plans', { token: ana.token });
  expect(listed.body).toEqual({
    items: [
      { name: 'Front', waiting: 0 },
      { name: 'Billing', waiting: 0 },
    ],
  });
  const typo = await as(ana, 'POST', '/transfer', { plan: 'Biling' });
  expect(typo.body).toMatchObject({ code: 'plan.not-found' });
  expect(typo.text).toContain('“Billing”');

  expect((await as(ana, 'POST', '/transfer', { plan: 'Billing', note: NOTE })).status).toBe(200);
  const waiting = await eventually(read, ({ plan, step }) => plan === 'Billing' && step === 1);
  const teams = (await usher.call('GET', '/api/v1/teams')).body as { items: { id: string }[] };
  expect(waiting).toMatchObject({ state: 'waiting', rankAt, teamId: teams.items[0]?.id });
  const decisions = (await as(null, 'GET', '/decisions')).body as Decisions;
  expect(decisions.reasons).toContainEqual({
    ...{ code: 'sent-to-plan', by: `agent:${ana.agentId}`, plan: 'Billing' },
  });
  // A new first message or a change asks the rules again: they say Front.
  const { policy } = (await usher.call('GET', '/api/v1/policy')).body as { policy: object };
  const again = { ...policy, maxWaitSeconds: undefined };
  expect((await usher.call('PUT', '/api/v1/policy', { body: again })).status).toBe(200);
  await as(null, 'PATCH', '', { priority: 'high' });
  await eventually(read, ({ priority }) => priority === 'high');
  expect((await read()).plan).toBe('Billing');
  // After 15 seconds in the plan, counted from the transfer, anybody may have it.
  await usher.clock.advance(9_000);
  expect((await read()).step).toBe(1);
  await usher.clock.advance(6_000);
  const given = await eventually(read, ({ state }) => state === 'assigned');
  expect(given.agentId).toBe(budi.agentId);
  expect(given.transfer).toMatchObject({ fromAgentId: ana.agentId, note: NOTE });
});

test('whoever sent it on is not given it back by the next pass while somebody else can have it', async () => {
  const { usher, ana, cici, as, read, setAgent } = await startDeskOfThree();
  await usePlans(usher);
  // Cici is fuller than Ana, so the router would prefer Ana.
  await setAgent(cici, { availability: 'online', capacity: 1 });
  await as(ana, 'POST', '/transfer', { plan: 'Front' });
  const given = await eventually(read, ({ state }) => state === 'assigned');
  expect(given.agentId).toBe(cici.agentId);
});

test('a receiver gives it back in one stroke to who handed it over, with a note, and the visitor hears of the change', async () => {
  const { usher, ana, budi, visitor, as, read, messages, events } = await startDeskOfThree();
  const team = (await usher.call('POST', '/api/v1/teams', { body: { name: 'Money' } })).body;
  const before = await read();
  await usher.call('PATCH', `/api/v1/agents/${budi.agentId}`, {
    body: { teamIds: [(team as { id: string }).id], availability: 'online' },
  });
  await as(ana, 'POST', '/transfer', { teamId: (team as { id: string }).id, note: NOTE });
  await eventually(read, ({ agentId }) => agentId === budi.agentId);
  expect((await read()).transfer).toMatchObject({ fromAgentId: ana.agentId, note: NOTE });

  const back = await as(budi, 'POST', '/return', { note: 'It is the first order.' });
  expect(back, back.text).toMatchObject({ status: 200, body: { agentId: ana.agentId } });
  const now = await read();
  expect(now).toMatchObject({ teamId: before.teamId, skillIds: before.skillIds });
  expect(now.transfer).toMatchObject({ how: 'given-back', fromAgentId: budi.agentId });
  expect((await events()).slice(-2)).toMatchObject([
    {
      type: 'conversation.given-back',
      data: {
        ...{ from: budi.agentId, toAgentId: ana.agentId, by: `agent:${budi.agentId}` },
        note: 'It is the first order.',
      },
    },
    { type: 'conversation.assigned', data: { agentId: ana.agentId } },
  ]);
  expect((await messages()).at(-1)).toMatchObject({ mark: 'transfer', authorId: budi.agentId });
  const { sessionTopic } = visitor.session;
  await visitor.hears(`${sessionTopic}/client/control`, (body) =>
    JSON.stringify(body).includes(ana.agentId),
  );
});

test('given back, it asks again for what it asked for before, as far as that is still there', async () => {
  const { usher, ana, budi, as, read, setAgent } = await startDeskOfThree();
  await usePlans(usher);
  const { items } = (await usher.call('GET', '/api/v1/teams')).body as { items: { id: string }[] };
  const made = await usher.call('POST', '/api/v1/teams', { body: { name: 'Gone' } });
  const { id: gone } = made.body as { id: string };
  await setAgent(ana, { teamIds: [gone] });
  await setAgent(budi, { teamIds: items.map(({ id }) => id), availability: 'online' });
  expect((await as(null, 'POST', '/transfer', { teamId: gone })).status).toBe(200);
  await eventually(read, ({ agentId }) => agentId === ana.agentId);
  expect((await as(ana, 'POST', '/transfer', { plan: 'Billing' })).status).toBe(200);
  await eventually(read, ({ agentId, due }) => agentId === budi.agentId && due?.target === 'end');
  expect((await usher.call('DELETE', `/api/v1/teams/${gone}`)).status).toBe(204);
  expect((await as(budi, 'POST', '/return', {})).status).toBe(200);
  expect(await read()).toMatchObject({ agentId: ana.agentId, teamId: null, plan: 'Front' });
  // So do the targets: this plan has none.
  await eventually(read, ({ due }) => due === null);
  // What chooses for it next is its rule, not the plan that gave it back.
  for (const who of [ana, budi]) await setAgent(who, { availability: 'away' });
  expect((await as(ana, 'POST', '/requeue', {})).status).toBe(200);
  const waiting = await eventually(read, ({ plan }) => plan === 'Front');
  expect(waiting).toMatchObject({ state: 'waiting', teamId: null });
});

test('a sender who is away or full is not surprised, unless a supervisor insists', async () => {
  const { ana, budi, susi, as, read, events, setAgent } = await startDeskOfThree();
  await as(ana, 'POST', '/transfer', { agentId: budi.agentId });
  const before = await events();
  await setAgent(ana, { availability: 'away' });
  const away = await as(budi, 'POST', '/return', { note: 'back' });
  expect(away).toMatchObject({ status: 409, body: { code: 'conversation.sender-unavailable' } });
  expect(away.text).toMatch(/Ana is away.*requeue.*force/);
  await setAgent(ana, { availability: 'online', capacity: 0 });
  const full = await as(budi, 'POST', '/return', {});
  expect(full.text).toMatch(/Ana has no room: 0 of 0.*requeue/);
  const insists = await as(budi, 'POST', '/return', { force: true });
  expect(insists.body).toMatchObject({ status: 403, code: 'role.insufficient' });
  expect((await events()).filter(({ type }) => type !== 'agent.availability-changed')).toEqual(
    before,
  );
  expect((await as(susi, 'POST', '/return', { force: true })).status).toBe(200);
  expect((await read()).agentId).toBe(ana.agentId);
});

test('nobody gives back what nobody handed over, or what is not theirs', async () => {
  const { ana, budi, cici, as, setAgent } = await startDeskOfThree();
  const none = { status: 409, body: { code: 'conversation.not-returnable' } };
  expect(await as(ana, 'POST', '/return')).toMatchObject(none);
  await as(ana, 'POST', '/transfer', { agentId: budi.agentId });
  const held = { body: { code: 'conversation.held-by-another' } };
  expect(await as(cici, 'POST', '/return')).toMatchObject(held);
  expect(await as(ana, 'POST', '/return')).toMatchObject(held);
  await setAgent(ana, { availability: 'away' });
  await as(budi, 'POST', '/requeue', {});
  await as(cici, 'POST', '/take-over');
  // Put back into the queue, it is nobody's hand-over any more.
  expect(await as(cici, 'POST', '/return')).toMatchObject(none);
  await as(cici, 'POST', '/close', {});
  expect(await as(cici, 'POST', '/return')).toMatchObject({
    body: { code: 'conversation.closed' },
  });
});

test('a take-over says why, and is taken back by giving it back', async () => {
  const { ana, susi, as, read, messages, events } = await startDeskOfThree();
  const taken = await as(susi, 'POST', '/take-over', { note: 'A VIP: I answer.' });
  expect(taken.body).toMatchObject({
    ...{ agentId: susi.agentId, transfer: { how: 'taken-over', fromAgentId: ana.agentId } },
  });
  expect((await read(ana)).transfer).toMatchObject({ by: `agent:${susi.agentId}` });
  expect((await messages(ana)).at(-1)).toMatchObject({ text: 'A VIP: I answer.' });
  expect((await events()).find(({ type }) => type === 'conversation.taken-over')?.data.note).toBe(
    'A VIP: I answer.',
  );
  expect((await as(susi, 'POST', '/return')).body).toMatchObject({ agentId: ana.agentId });
});

test('what an agent sends on from the queue can be given back to that agent', async () => {
  const { ana, budi, cici, as, setAgent, read } = await startDeskOfThree();
  await setAgent(cici, { availability: 'online' });
  await setAgent(ana, { availability: 'away' });
  await setAgent(cici, { capacity: 0 });
  await as(ana, 'POST', '/requeue', {});
  await setAgent(cici, { capacity: 2, availability: 'away' });
  expect((await read()).state).toBe('waiting');
  await as(cici, 'POST', '/transfer', { agentId: budi.agentId });
  await setAgent(cici, { availability: 'online' });
  const back = await as(budi, 'POST', '/return');
  expect((back.body as Conversation).agentId).toBe(cici.agentId);
});
