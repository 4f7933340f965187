// Macros: what an agent has done in one stroke, within their own rights, all of it or nothing.
import { expect, test } from 'vitest';
import { openShop, type Shop } from '../makers/automate.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';

async function start() {
  const usher = await startTestUsher();
  const shop = await openShop(usher.call);
  return { usher, shop };
}

async function addAgent({ send }: Shop, name: string, teamIds: string[] = []) {
  const body = { name, availability: 'online', capacity: 5, teamIds };
  const id = (await send('POST', 'agents', body)).id as string;
  const token = (await send('POST', 'tokens', { name, role: 'agent', agentId: id }))
    .token as string;
  return { id, token };
}

const use = ({ call }: TestUsher, of: { conversation: string; macro: string; token: string }) =>
  call('POST', `/api/v1/conversations/${of.conversation}/macros/${of.macro}`, { token: of.token });

const makeMacro = async ({ send }: Shop, actions: object[], more: object = {}) =>
  (await send('POST', 'macros', { name: 'Refund', actions, ...more })).id as string;

test('all its actions are done in the agent’s name, and the conversation says by which macro', async () => {
  const { usher, shop } = await start();
  const ana = await addAgent(shop, 'Ana');
  const conversation = await shop.open();
  await eventually(
    () => shop.read(conversation),
    ({ agentId }) => agentId === ana.id,
  );
  const macro = await makeMacro(shop, [
    { do: 'add-tags', tags: ['refund'] },
    { do: 'note', text: 'Paid back.' },
    { do: 'message', texts: { en: 'Done, {{name}}. {{agent}}' } },
    { do: 'close', reason: 'solved' },
  ]);
  const used = await use(usher, { conversation, macro, token: ana.token });
  expect(used.status, used.text).toBe(200);
  expect(await shop.read(conversation)).toMatchObject({ state: 'closed', tags: ['refund'] });
  const { items } = await shop.send('GET', `conversations/${conversation}/messages`);
  expect(
    (items as { kind: string; authorKind: string; authorId: string; text: string }[]).map((one) => {
      return [one.kind, one.authorKind, one.authorId, one.text];
    }),
  ).toEqual([
    ['note', 'agent', ana.id, 'Paid back.'],
    ['text', 'agent', ana.id, 'Done, Sari. Ana'],
  ]);
  const told = (await shop.events(conversation)).find(
    ({ type }) => type === 'conversation.automated',
  );
  expect(told?.data).toMatchObject({
    macroId: macro,
    automationId: null,
    name: 'Refund',
    event: null,
  });
});

test('one refused action leaves everything as it was, with its reason', async () => {
  const { usher, shop } = await start();
  const [ana, ben] = [await addAgent(shop, 'Ana'), await addAgent(shop, 'Ben')];
  const conversation = await shop.open();
  const { agentId } = await eventually(
    () => shop.read(conversation),
    (one) => one.agentId !== null,
  );
  const other = agentId === ana.id ? ben : ana;
  const macro = await makeMacro(shop, [
    { do: 'add-tags', tags: ['refund'] },
    { do: 'note', text: 'Paid back.' },
    { do: 'close' },
  ]);
  const refused = await use(usher, { conversation, macro, token: other.token });
  expect([refused.status, (refused.body as { code: string }).code]).toEqual([
    ...[409, 'conversation.held-by-another'],
  ]);
  expect(await shop.read(conversation)).toMatchObject({ state: 'assigned', tags: [] });
  const { items } = await shop.send('GET', `conversations/${conversation}/messages`);
  expect(items).toEqual([]);
});

test('a team’s macro is its agents’ and the supervisors’; what an agent does not see, no macro reaches', async () => {
  const { usher, shop } = await start();
  const gold = (await shop.send('POST', 'teams', { name: 'Gold' })).id as string;
  const [ana, ben] = [await addAgent(shop, 'Ana', [gold]), await addAgent(shop, 'Ben')];
  const conversation = await shop.open();
  const macro = await makeMacro(shop, [{ do: 'add-tags', tags: ['gold'] }], { teamId: gold });
  const by = (token: string) => use(usher, { conversation, macro, token });
  expect((await by(ben.token)).body).toMatchObject({ code: 'macro.not-found' });
  expect((await by(ana.token)).status).toBe(200);
  expect((await by(usher.token)).status).toBe(200);
  await shop.send('PATCH', 'settings', { agentsSee: 'own-and-teams' });
  const { agentId } = await eventually(
    () => shop.read(conversation),
    (one) => one.agentId !== null,
  );
  const blind = agentId === ana.id ? ben : ana;
  const everybodys = await makeMacro(shop, [{ do: 'add-tags', tags: ['x'] }], { name: 'All' });
  const unseen = await use(usher, { conversation, macro: everybodys, token: blind.token });
  expect(unseen.body).toMatchObject({ code: 'conversation.not-found' });
});

test('agents make none; what one names must be there; a team takes its macros with it', async () => {
  const { usher, shop } = await start();
  const ana = await addAgent(shop, 'Ana');
  const gold = (await shop.send('POST', 'teams', { name: 'Gold' })).id as string;
  const body = { name: 'Gold', teamId: gold, actions: [{ do: 'send-to-plan', plan: 'Night' }] };
  const byAgent = await usher.call('POST', '/api/v1/macros', { body, token: ana.token });
  expect(byAgent.status).toBe(403);
  const faulty = await usher.call('POST', '/api/v1/macros', { body });
  expect(faulty.body).toMatchObject({
    ...{ code: 'macro.invalid', faults: [{ path: '/actions/0/plan', code: 'plan.unknown' }] },
  });
  const id = await makeMacro(shop, [{ do: 'send-to-team', teamId: gold }], { teamId: gold });
  const taken = await usher.call('POST', '/api/v1/macros', {
    body: { name: 'REFUND', actions: [{ do: 'close' }] },
  });
  expect(taken.body).toMatchObject({ code: 'macro.name-taken' });
  await shop.send('PATCH', `macros/${id}`, { name: 'Renamed', teamId: null });
  await usher.call('DELETE', `/api/v1/teams/${gold}`);
  const { items } = await shop.send('GET', 'macros');
  expect(items).toMatchObject([
    {
      name: 'Renamed',
      teamId: null,
      faults: [{ path: '/actions/0/teamId', code: 'team.unknown' }],
    },
  ]);
});

test('actions that are not written as they have to be are told by their places; a name that is missing as everywhere', async () => {
  const usher = await startTestUsher();
  const post = (body: object) => usher.call('POST', '/api/v1/macros', { body });
  const refused = await post({ name: 'A', actions: [{ do: 'add-tags', tags: [] }] });
  expect(refused).toMatchObject({
    status: 400,
    body: { code: 'macro.invalid', faults: [{ path: '/actions/0/tags' }] },
  });
  const none = await post({ name: 'A', actions: [] });
  expect(none.body).toMatchObject({ code: 'macro.invalid', faults: [{ path: '/actions' }] });
  const actions = [{ do: 'close' }];
  for (const body of [{ actions }, { name: '', actions }, { name: 'A', actions, more: 1 }]) {
    expect((await post(body)).body).toMatchObject({ status: 400, code: 'request.invalid' });
  }
  const { items } = (await usher.call('GET', '/api/v1/macros')).body as { items: object[] };
  expect(items).toEqual([]);
});
