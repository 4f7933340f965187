// A rule names the team, the team is handed over: a department of Rocket.Chat gets what the rule chose, and nothing else.
import { expect, test } from 'vitest';
import { eventually } from '../makers/start-test-usher.ts';
import { type RocketDesk, startWithRocketChat } from '../makers/start-with-rocketchat.ts';

async function putRules(desk: RocketDesk, { steps }: { steps: object[] }): Promise<void> {
  const { body } = await desk.usher.call('GET', '/api/v1/policy');
  const { policy } = body as { policy: object };
  const put = await desk.usher.call('PUT', '/api/v1/policy', {
    body: {
      ...policy,
      plans: [
        { name: 'Billing', steps },
        { name: 'Default', steps: [{ after: 0, team: null }] },
      ],
      rules: [
        {
          name: 'Invoices',
          when: { field: 'contact.attributes.about', is: 'invoices' },
          // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
          then: { plan: 'Billing' },
        },
        // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
        { name: 'Everybody else', then: { plan: 'Default' } },
      ],
    },
  });
  expect(put.status, put.text).toBe(200);
}

async function makeApiChannel({ usher }: RocketDesk): Promise<(about: string) => Promise<string>> {
  const body = { kind: 'api', name: 'Shop' };
  const made = await usher.call('POST', '/api/v1/channels', { body });
  const path = `/api/v1/channels/${(made.body as { id: string }).id}/conversations`;
  return async (about) => {
    const contact = { externalId: about, attributes: { about } };
    const opened = await usher.call('POST', path, { body: { externalId: about, contact } });
    expect(opened.status, opened.text).toBe(201);
    return (opened.body as { id: string }).id;
  };
}

const nameOf = async (desk: RocketDesk, id: string): Promise<string | null> => {
  const { agentId } = await desk.read(id);
  return (await desk.listAgents()).find((agent) => agent.id === agentId)?.name ?? null;
};

test('the department chooses for what the rule sends to its team; Usher chooses for the rest', async () => {
  const settings = { Livechat_Routing_Method: 'Auto_Selection' } as const;
  const desk = await startWithRocketChat({ agents: 2, settings });
  const { departmentId } = await desk.handOver({ agents: ['agent.2'] });
  await putRules(desk, { steps: [{ after: 0, team: 'Billing' }] });
  const open = await makeApiChannel(desk);

  const invoice = await open('invoices');
  const room = await desk.placed(invoice);
  expect(room).toMatchObject({ departmentId, servedBy: { username: 'agent.2' } });
  expect(await nameOf(desk, invoice)).toBe('Agent 2');
  expect((await desk.why(invoice)).reasons.map(({ code }) => code)).toContain('chosen-there');

  const other = await open('shoes');
  expect((await desk.placed(other)).departmentId ?? null).toBeNull();
  expect((await desk.why(other)).reasons).toContainEqual(
    expect.objectContaining({ code: 'ruled', rule: 'Everybody else' }),
  );
}, 60_000);

test('a step that leaves the team takes the conversation back from the department', async () => {
  const desk = await startWithRocketChat({ agents: 2 });
  await desk.handOver({ agents: ['agent.2'], seconds: null });
  await putRules(desk, {
    steps: [
      { after: 0, team: 'Billing' },
      { after: 60, team: null },
    ],
  });
  const open = await makeApiChannel(desk);
  const id = await open('invoices');
  const waiting = await eventually(
    () => desk.roomOf(id),
    (room) => room?.open === true,
  );
  expect(waiting?.servedBy).toBeUndefined();
  expect(await desk.read(id)).toMatchObject({ state: 'waiting', agentId: null });
  await desk.advance(61_000);
  expect((await desk.placed(id)).servedBy).toBeDefined();
  expect((await desk.why(id)).reasons).toContainEqual(
    expect.objectContaining({ code: 'ruled', rule: 'Invoices' }),
  );
}, 60_000);

test('what comes to be about the team while it waits goes to the department then', async () => {
  const desk = await startWithRocketChat({ agents: 2 });
  await desk.handOver({ agents: ['agent.2'] });
  await putRules(desk, { steps: [{ after: 0, team: 'Billing' }] });
  for (const { id } of await desk.listAgents()) {
    const body = { capacity: 0 };
    expect((await desk.usher.call('PATCH', `/api/v1/agents/${id}`, { body })).status).toBe(200);
  }
  const open = await makeApiChannel(desk);
  const id = await open('shoes');
  const { contact } = await eventually(
    () => desk.read(id),
    ({ state }) => state === 'waiting',
  );
  const body = { attributes: { about: 'invoices' } };
  const changed = await desk.usher.call('PATCH', `/api/v1/contacts/${contact.id}`, { body });
  expect(changed.status, changed.text).toBe(200);
  await eventually(
    () => desk.roomOf(id),
    (room) => room?.open === true,
  );
}, 60_000);
