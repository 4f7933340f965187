// Why not Ana, asked over HTTP and by the command line: while it waits, once somebody has it, and after its end.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import type { WhyNot } from '../../src/contract/why-not.ts';
import { startProgram } from '../faults/run-program.ts';
import { startRapidPro } from '../makers/start-rapidpro.ts';
import { eventually, type TestUsher } from '../makers/start-test-usher.ts';

vi.setConfig({ testTimeout: 120_000 });

async function make(usher: TestUsher, path: string, body: object): Promise<string> {
  const made = await usher.call('POST', `/api/v1/${path}`, { body });
  expect(made.status, made.text).toBe(201);
  return (made.body as { id: string }).id;
}

async function ask(usher: TestUsher, id: string, agentId: string): Promise<WhyNot> {
  const answer = await usher.call('GET', `/api/v1/conversations/${id}/why-not/${agentId}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body as WhyNot;
}

const codes = ({ reasons }: WhyNot) => reasons.map(({ code }) => code);

async function startShop() {
  const { usher, call } = await startRapidPro();
  const channel = await make(usher, 'channels', { kind: 'api', name: 'Shop' });
  const open = (body: object = {}) =>
    make(usher, `channels/${channel}/conversations`, {
      ...{ externalId: randomUUID(), contact: { externalId: randomUUID(), name: 'Sari' } },
      ...body,
    });
  const add = (name: string, more: object = {}) =>
    make(usher, 'agents', { name, role: 'agent', availability: 'online', capacity: 1, ...more });
  const openTicket = async (visitor: object): Promise<string> => {
    const ticket = { visitor: { token: randomUUID(), ...visitor }, ticketID: randomUUID() };
    return ((await call('GET', '/room', { body: ticket })).body as { id: string }).id;
  };
  const given = (id: string, agentId: string | null) =>
    eventually(
      async () => (await usher.call('GET', `/api/v1/conversations/${id}`)).body,
      (one) => (one as { agentId: string | null }).agentId === agentId,
    );
  return { usher, open, openTicket, add, given };
}

test('RapidPro: team, levels, the step that asks for less and when, and a plan without one', async () => {
  const { usher, openTicket, add } = await startShop();
  const legal = await make(usher, 'teams', { name: 'Legal' });
  const english = await make(usher, 'skills', { name: 'English' });
  const levels = { skillIds: [english], skillLevels: { [english]: 2 } };
  const ana = await add('Ana', { availability: 'away', ...levels });
  const budi = await add('Budi', { teamIds: [legal] });
  const { policy } = (await usher.call('GET', '/api/v1/policy')).body as { policy: object };
  const document = {
    ...policy,
    plans: [
      {
        name: 'Contracts',
        steps: [
          { after: 0, team: 'Legal', skills: { English: 4 } },
          { after: 600, team: 'Legal', skills: { English: 3 } },
          { after: 1200, team: null, skills: { English: 2 } },
        ],
      },
    ],
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    rules: [{ name: 'All', then: { plan: 'Contracts' } }],
  };
  expect((await usher.call('PUT', '/api/v1/policy', { body: document })).status).toBe(200);
  const before = Date.now();
  const id = await openTicket({ name: 'Sari' });
  const found = await eventually(
    () => ask(usher, id, ana),
    (one) => !codes(one).includes('to-route'),
  );
  expect(found).toMatchObject({ agentName: 'Ana', state: 'waiting', today: [] });
  expect(found.reasons).toEqual([
    { code: 'not-online', availability: 'away' },
    { code: 'not-in-team', team: 'Legal' },
    { code: 'below-level', skills: [{ skill: 'English', has: 2, needs: 4 }] },
    { code: 'fits-later', plan: 'Contracts', step: 3, at: expect.any(String) },
  ]);
  const { at } = found.reasons.at(-1) as { at: string };
  expect(Math.abs(Date.parse(at) - before - 1_200_000)).toBeLessThan(60_000);
  expect(found.explanation).toEqual([
    'Ana is away.',
    'Ana is not in the team Legal.',
    'Ana lacks skills that it needs: English (has 2, needs 4).',
    `From step 3 of the plan “Contracts” on, at ${at}, it asks for no more than the team and skills of Ana.`,
  ]);
  expect((await ask(usher, id, budi)).reasons).toEqual([
    { code: 'below-level', skills: [{ skill: 'English', has: 0, needs: 4 }] },
    { code: 'fits-at-no-step', plan: 'Contracts' },
  ]);
});

test('no room and who stands before it; then who has it, who came second, and who could not', async () => {
  const { usher, open, add, given } = await startShop();
  const ana = await add('Ana');
  const first = await open();
  await given(first, ana);
  expect(await ask(usher, first, ana)).toMatchObject({ reasons: [{ code: 'has-it' }], today: [] });
  await open();
  const third = await open();
  expect((await ask(usher, third, ana)).reasons).toEqual([
    {
      ...{ code: 'no-room', held: 1, heldOutside: 0, capacity: 1, weight: 1 },
      ...{ wrappingUp: 0, wrapUpEndsAt: null },
    },
    { code: 'others-before', count: 1 },
  ]);

  const budi = await add('Budi', { capacity: 5, availability: 'offline' });
  expect(await ask(usher, first, budi)).toMatchObject({
    reasons: [{ code: 'chosen' }, { code: 'considered' }, { code: 'could-not-then' }],
    today: [{ code: 'not-online', availability: 'offline' }],
    todayExplanation: ['Budi is offline.'],
  });
  await usher.call('PATCH', `/api/v1/agents/${budi}`, { body: { availability: 'online' } });
  await given(third, budi);
  const citra = await add('Citra', { capacity: 5 });
  const dewi = await add('Dewi', { capacity: 5 });
  const fourth = await open();
  await given(fourth, citra);
  expect((await ask(usher, fourth, dewi)).reasons.at(-1)).toMatchObject({
    code: 'was-second',
    own: { agentName: 'Dewi', loadShare: 0 },
    chosen: { agentName: 'Citra', loadShare: 0 },
    decidedBy: 'idle',
  });
  expect((await ask(usher, fourth, budi)).reasons.at(-1)).toEqual({
    ...{ code: 'was-not-first', chosenName: 'Citra', secondName: 'Dewi' },
  });
  await usher.call('POST', `/api/v1/conversations/${fourth}/close`, { body: {} });
  expect(codes(await ask(usher, fourth, citra))).toEqual(['had-it-last']);
  expect(codes(await ask(usher, fourth, dewi)).slice(0, 2)).toEqual(['closed', 'chosen']);
});

test('what a person gave to somebody is told with that person; nobody was compared', async () => {
  const { usher, open, add } = await startShop();
  const ana = await add('Ana', { availability: 'away' });
  const budi = await add('Budi', { availability: 'away' });
  const id = await open();
  const assign = { body: { agentId: budi } };
  expect((await usher.call('POST', `/api/v1/conversations/${id}/assign`, assign)).status).toBe(200);
  expect(await ask(usher, id, ana)).toMatchObject({
    reasons: [{ code: 'given', agentName: 'Budi', forced: false }],
    today: [{ code: 'not-online' }],
  });
});

test('who may not see the conversation learns nothing; unknown agents are refused; the command line tells it', async () => {
  const { usher, open, add } = await startShop();
  const sales = await make(usher, 'teams', { name: 'Sales' });
  const ana = await add('Ana', { availability: 'away' });
  const id = await open({ team: 'Sales' });
  const body = { name: 'Ana', role: 'agent', agentId: ana };
  const { token } = (await usher.call('POST', '/api/v1/tokens', { body })).body as {
    token: string;
  };
  const path = `/api/v1/conversations/${id}/why-not/${ana}`;
  expect((await usher.call('GET', path, { token })).status).toBe(200);
  const sight = { body: { agentsSee: 'own-and-teams' } };
  expect((await usher.call('PATCH', '/api/v1/settings', sight)).status).toBe(200);
  expect(await usher.call('GET', path, { token })).toMatchObject({
    ...{ status: 404, body: { code: 'conversation.not-found' } },
  });
  await usher.call('PATCH', `/api/v1/agents/${ana}`, { body: { teamIds: [sales] } });
  expect((await usher.call('GET', path, { token })).status).toBe(200);
  const nobody = `/api/v1/conversations/${id}/why-not/${randomUUID()}`;
  expect(await usher.call('GET', nobody)).toMatchObject({
    ...{ status: 404, body: { code: 'agent.not-found' } },
  });

  const program = new URL('../../src/cli/usher.ts', import.meta.url);
  const run = async (...words: string[]) => {
    const at = { USHER_URL: usher.url, USHER_TOKEN: usher.token };
    const child = startProgram(program, ['conversations', 'why-not', ...words], at);
    const ended = once(child, 'exit');
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: (await ended)[0] as number, out, err };
  };
  expect(await run(id, ana)).toEqual({ code: 0, out: 'Ana is away.\n', err: '' });
  expect((await run(id, randomUUID())).code).not.toBe(0);
});
