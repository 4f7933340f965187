// Mode B: a team of Usher is handed over to a department of Rocket.Chat, whose own routing chooses the agent.
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { eventData } from '../../src/contract/events.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { type RocketDesk, startWithRocketChat } from '../makers/start-with-rocketchat.ts';

const AUTO = { Livechat_Routing_Method: 'Auto_Selection' } as const;

const nameOf = async (desk: RocketDesk, id: string): Promise<string | null> => {
  const { agentId } = await desk.read(id);
  return (await desk.listAgents()).find((agent) => agent.id === agentId)?.name ?? null;
};
const roomMade = (desk: RocketDesk, id: string) =>
  eventually(
    () => desk.roomOf(id),
    (room) => room?.open === true,
  );
const codes = async (desk: RocketDesk, id: string) =>
  (await desk.why(id)).reasons.map(({ code }) => code);

test('the department’s own routing chooses, and Usher follows it, with the history and both ways', async () => {
  const desk = await startWithRocketChat({ agents: 2, settings: AUTO });
  const { departmentId } = await desk.handOver({ agents: ['agent.2'] });
  const ticket = await desk.open();
  const { conversationId: id } = ticket;
  const room = await desk.placed(id);
  expect(room).toMatchObject({ departmentId, servedBy: { username: 'agent.2' } });
  expect(await nameOf(desk, id)).toBe('Agent 2');
  await desk.customerSays(ticket, 'Hello');
  await eventually(
    () => desk.said(id),
    (said) => said.includes('Hello'),
  );
  desk.rocket.people.answer('agent.2', room?._id ?? '', 'Good day');
  await eventually(
    () => desk.seen(ticket.ticketId),
    (seen) => seen.includes('Good day'),
  );
  const why = await desk.why(id);
  expect(why.reasons).toEqual([
    { code: 'chosen-there', agentName: 'Agent 2', department: 'Billing there', forced: false },
  ]);
  expect(why.decisions).toHaveLength(1);
  expect(why.explanation[0]).toContain('outside');
  desk.rocket.people.close('agent.2', room?._id ?? '', 'Done');
  await eventually(
    () => desk.seen(ticket.ticketId),
    (seen) => seen.includes('#closed'),
  );
});

test('with a queue over there it waits until somebody takes it, and Usher gives it to nobody', async () => {
  const desk = await startWithRocketChat({ agents: 2 });
  await desk.handOver({ agents: ['agent.1', 'agent.2'] });
  const { conversationId: id } = await desk.open();
  const room = await roomMade(desk, id);
  await desk.looked();
  expect(await desk.read(id)).toMatchObject({ state: 'waiting', agentId: null });
  expect(await codes(desk, id)).toEqual(['waits', 'handed-over']);
  const { body } = await desk.usher.call('GET', `/api/v1/conversations/${id}/events`);
  const { items } = body as { items: { type: string; data: unknown }[] };
  const told = items.find(({ type }) => type === 'conversation.handed-over');
  expect(Value.Errors(eventData['conversation.handed-over'], told?.data)).toEqual([]);
  desk.rocket.people.take('agent.2', room?._id ?? '');
  await eventually(
    () => nameOf(desk, id),
    (name) => name === 'Agent 2',
  );
  const [agent] = (await desk.listAgents()).filter(({ name }) => name === 'Agent 2');
  await eventually(desk.listAgents, (agents) =>
    agents.some((one) => one.id === agent?.id && one.load === 1 && one.externalLoad === 0),
  );
});

test('an end here and at the source closes the room that waits over there', async () => {
  const desk = await startWithRocketChat();
  await desk.handOver();
  const { conversationId: id } = await desk.open();
  const room = await roomMade(desk, id);
  expect(await desk.act(id, 'close', {})).toBeLessThan(300);
  await eventually(
    () => room?.open,
    (open) => open !== true,
  );
});

test('while nobody is online there it waits, Why and the channel say so, and it is tried again', async () => {
  const desk = await startWithRocketChat({ agents: 2, settings: AUTO });
  desk.rocket.people.setStatus('agent.1', { statusLivechat: 'not-available' });
  await desk.handOver();
  const { conversationId: id } = await desk.open();
  await eventually(
    async () => {
      await desk.advance(20_000);
      return codes(desk, id);
    },
    (found) => found.includes('handover-trouble'),
  );
  expect((await desk.why(id)).explanation.join(' ')).toContain('no-agent-online');
  const channel = `/api/v1/channels/${desk.bridge.id}`;
  await eventually(
    async () => {
      await desk.advance(20_000);
      return (await desk.usher.call('GET', channel)).text;
    },
    (text) => text.includes('no-agent-online'),
  );
  expect(await desk.read(id)).toMatchObject({ state: 'waiting' });
  desk.rocket.people.setStatus('agent.1', { statusLivechat: 'available' });
  await eventually(
    async () => {
      await desk.advance(20_000);
      return nameOf(desk, id);
    },
    (name) => name === 'Agent 1',
  );
});

test('a department that is gone, or has no agents, is named by the check and at the channel', async () => {
  const desk = await startWithRocketChat();
  const { teamId } = await desk.handOver();
  const check = async () => {
    const path = `/api/v1/channels/${desk.bridge.id}/check-desk`;
    const { body } = await desk.usher.call('POST', path);
    return (body as { items: { what: string; state: string; found: string | null }[] }).items.find(
      ({ what }) => what === 'departments',
    );
  };
  const handTo = async (departmentId: string) => {
    expect((await desk.setHandovers([{ teamId, departmentId }])).status).toBe(200);
  };
  expect(await check()).toMatchObject({ state: 'ok' });
  const { _id: empty } = desk.rocket.addDepartment({ name: 'Empty', agents: [] });
  await handTo(empty);
  expect(await check()).toMatchObject({ state: 'wrong', found: 'Empty has no agents' });
  await handTo('gone');
  expect(await check()).toMatchObject({ state: 'wrong', found: 'gone does not exist' });
  const { conversationId: id } = await desk.open();
  await eventually(
    async () => {
      await desk.advance(20_000);
      return (await desk.usher.call('GET', `/api/v1/channels/${desk.bridge.id}`)).text;
    },
    (text) => text.includes('Department gone does not exist'),
  );
  expect((await desk.why(id)).explanation.join(' ')).toContain('invalid-department');
});
