// A policy with rules and plans, put through the API, decides at each door who is asked, and from when on.
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import { startRapidPro } from '../makers/start-rapidpro.ts';
import { eventually, type TestUsher } from '../makers/start-test-usher.ts';

async function make(usher: TestUsher, path: string, body: object): Promise<string> {
  const made = await usher.call('POST', `/api/v1/${path}`, { body });
  expect(made.status, made.text).toBe(201);
  return (made.body as { id: string }).id;
}
const get = async (usher: TestUsher, id: string) =>
  (await usher.call('GET', `/api/v1/conversations/${id}`)).body as Conversation;
const given = (usher: TestUsher, id: string) =>
  eventually(
    () => get(usher, id),
    ({ state }) => state === 'assigned',
  );

async function putPolicy(usher: TestUsher, document: object): Promise<void> {
  const { body } = await usher.call('GET', '/api/v1/policy');
  const { policy } = body as { policy: object };
  const put = await usher.call('PUT', '/api/v1/policy', { body: { ...policy, ...document } });
  expect(put.status, put.text).toBe(200);
}

test('RapidPro: department, contact fields and priority choose the plan; a step widens it in its time; Why tells', async () => {
  const { usher, call } = await startRapidPro();
  const legal = await make(usher, 'teams', { name: 'Legal' });
  const contracts = await make(usher, 'skills', { name: 'Contracts' });
  const online = { availability: 'online', role: 'agent', capacity: 9 };
  const expert = await make(usher, 'agents', {
    ...{ ...online, name: 'Dewi', teamIds: [legal], skillIds: [contracts] },
    skillLevels: { [contracts]: 4 },
  });
  const other = await make(usher, 'agents', { ...online, name: 'Ana' });
  await putPolicy(usher, {
    plans: [
      { name: 'Contracts', steps: [{ after: 0, team: 'Legal', skills: { Contracts: 3 } }] },
      {
        name: 'Patient',
        steps: [
          { after: 0, skills: { Contracts: 5 } },
          { after: 2, skills: { Contracts: 4 } },
        ],
      },
      { name: 'Default', steps: [{ after: 0 }], prefer: ['longest-idle'] },
    ],
    rules: [
      {
        name: 'Contracts of gold customers',
        when: {
          all: [
            { field: 'conversation.department', is: 'lawyers' },
            { field: 'contact.attributes.tier', in: ['gold', 'platinum'] },
          ],
        },
        // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
        then: { plan: 'Contracts', priority: 'urgent', addTags: ['gold'] },
      },
      {
        name: 'The patient',
        when: { field: 'contact.attributes.tier', is: 'patient' },
        // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
        then: { plan: 'Patient' },
      },
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      { name: 'Everybody else', then: { plan: 'Default' } },
    ],
  });
  const open = async (visitor: object) => {
    const ticket = { visitor: { token: randomUUID(), ...visitor }, ticketID: randomUUID() };
    const { status, body, text } = await call('GET', '/room', { body: ticket });
    expect(status, text).toBe(200);
    return (body as { id: string }).id;
  };
  const gold = await open({ department: 'Lawyers', customFields: { tier: 'Gold' } });
  expect(await given(usher, gold)).toMatchObject({
    ...{ agentId: expert, teamId: legal, skillIds: [contracts], priority: 'urgent' },
  });
  const { body } = await usher.call('GET', `/api/v1/conversations/${gold}/decisions`);
  const { reasons, explanation } = body as { reasons: object[]; explanation: string[] };
  expect(reasons).toContainEqual(
    expect.objectContaining({ code: 'ruled', rule: 'Contracts of gold customers' }),
  );
  expect(explanation.join(' ')).toContain(
    'The rule “Contracts of gold customers” gave it the plan',
  );

  const plain = await open({ customFields: { tier: 'silver' } });
  expect(await given(usher, plain)).toMatchObject({ agentId: other, teamId: null, skillIds: [] });

  const patient = await open({ customFields: { tier: 'patient' } });
  const since = Date.now();
  expect(await given(usher, patient)).toMatchObject({ agentId: expert });
  expect(Date.now() - since).toBeGreaterThan(1000);
}, 60_000);

test('a policy that is not whole is refused with each place and remedy, and nothing of it is in force', async () => {
  const { usher } = await startRapidPro();
  const before = (await usher.call('GET', '/api/v1/policy')).body;
  const { policy } = before as { policy: object };
  const broken = {
    ...policy,
    plans: [{ name: 'Default', steps: [{ after: 0, team: 'Leagl' }] }],
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    rules: [{ name: 'Everybody', then: { plan: 'Defualt' } }],
  };
  const { status, body, text } = await usher.call('PUT', '/api/v1/policy', { body: broken });
  expect(status, text).toBe(400);
  const { faults } = body as { faults: { path: string; remedy: string }[] };
  expect(faults.map(({ path }) => path).toSorted()).toEqual([
    '/plans/0/steps/0/team',
    '/rules/0/then/plan',
  ]);
  expect((await usher.call('GET', '/api/v1/policy')).body).toEqual(before);
});
