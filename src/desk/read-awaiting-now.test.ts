import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import type { PolicyDocument } from '../contract/policy/document.ts';
import type { Plan } from '../contract/policy/plan.ts';
import { defaultPolicy } from '../contract/policy/policy.ts';
import { insertGroup } from '../store/groups.ts';
import { assignConversation } from './assign-conversation.ts';
import { changeContact } from './change-contact.ts';
import { changePolicy } from './change-policy.ts';
import { closeConversation } from './close-conversation.ts';
import { explainConversation } from './explain-conversation.ts';
import { makeRoster } from './roster.ts';
import { routeWaiting } from './route-waiting.ts';
import { createAgent, deleteAgent, updateAgent } from './update-agent.ts';

const WAIT_S = 45;
const known: Plan = {
  ...{ name: 'Known', steps: [{ after: 0 }], prefer: ['sticky', 'least-loaded'] },
  sticky: { within: '30d', waitFor: WAIT_S },
};
const rules: NonNullable<PolicyDocument['rules']> = [
  {
    name: 'Known contacts',
    when: { field: 'contact.tags', contains: 'known' },
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    then: { plan: 'Known' },
  },
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  { name: 'Everybody else', then: { plan: 'Others' } },
];
const others: Plan = { name: 'Others', steps: [{ after: 0 }] };

/** Ana has no room; Budi has, where `budi` says so. */
async function makeWorld({ plan = known, budi = 5, ana = 1 } = {}) {
  const world = await makeDesk({ plans: [plan, others], rules });
  const { desk, workspaceId } = world;
  const channel = await makeChannel(world);
  const hire = async (name: string, capacity: number) =>
    (await createAgent(desk, workspaceId, { name, availability: 'online', capacity })).agentId;
  const agents = { ana: await hire('Ana', ana), budi: await hire('Budi', budi) };
  const busy: string[] = [];
  for (let held = 0; held < ana; held += 1) busy.push(await makeConversation(world, channel));
  for (const conversationId of busy) {
    const assigning = { workspaceId, conversationId, agentId: agents.ana, actor: 'test' };
    await assignConversation(desk, { acting: null, ...assigning, force: false });
  }
  const contactOf = async (conversationId: string) => {
    const { rows } = await desk.db.query(
      'select contact_id as id from conversation where conversation_id = $1',
      [conversationId],
    );
    return rows[0].id as string;
  };
  return {
    ...{ world, channel, busy },
    ...agents,
    /** A conversation whose contact belongs to an agent. */
    open: async (agentId: string) => {
      const conversationId = await makeConversation(world, channel);
      const contactId = await contactOf(conversationId);
      await changeContact(desk, { workspaceId, contactId, agentId, tags: ['known'] });
      return conversationId;
    },
    end: (conversationId: string) => end(world, conversationId),
    holder: async (conversationId: string) => {
      const { rows } = await desk.db.query(
        'select agent_id as id from conversation where conversation_id = $1',
        [conversationId],
      );
      return rows[0].id as string | null;
    },
  };
}

function end({ desk, workspaceId }: TestDesk, conversationId: string) {
  const ending = { actor: 'test', acting: null, tellRemote: false };
  return closeConversation(desk, { workspaceId, conversationId, ...ending });
}

const set = ({ desk, workspaceId }: TestDesk, agentId: string, change: object) =>
  updateAgent(desk, { workspaceId, agentId }, change);

async function say({ desk, workspaceId }: TestDesk, conversationId: string) {
  return (await explainConversation(desk, { workspaceId, conversationId })).reasons;
}

test('it waits for the agent to whom the contact belongs while others are free, and Why says until when', async () => {
  const { world, ana, busy, open, end: ends, holder } = await makeWorld();
  const conversation = await open(ana);
  expect(await world.route()).toBe(0);
  const reasons = await say(world, conversation);
  expect(reasons.map(({ code }) => code)).toEqual([
    ...['waits', 'ruled', 'step', 'waits-for', 'considered', 'ends-one'],
  ]);
  const { rows } = await world.desk.db.query(
    `select queued_at + make_interval(secs => $2) as until, router_due_at as due
    from conversation where conversation_id = $1`,
    [conversation, WAIT_S],
  );
  const reason = reasons.find(({ code }) => code === 'waits-for');
  expect(reason).toMatchObject({ agentName: 'Ana', until: rows[0].until.toISOString() });
  expect(rows[0].due.getTime()).toBeGreaterThanOrEqual(rows[0].until.getTime());
  await ends(busy[0] as string);
  expect(await world.route()).toBe(1);
  expect(await holder(conversation)).toBe(ana);
  expect((await say(world, conversation)).at(-1)).toMatchObject({ decidedBy: 'sticky' });
});

test('when the time is over the first among equals gets it, and not before', async () => {
  const { world, ana, budi, open, holder } = await makeWorld();
  const conversation = await open(ana);
  await world.route();
  await world.clock.advance((WAIT_S - 5) * 1000);
  expect(await world.route()).toBe(0);
  await world.clock.advance(5000);
  expect(await world.route()).toBe(1);
  expect(await holder(conversation)).toBe(budi);
});

test.each<[string, (world: TestDesk, agentId: string) => Promise<unknown>]>([
  ['goes offline', (world, id) => set(world, id, { availability: 'offline' })],
  ['leaves the team', (world, id) => set(world, id, { teamIds: [] })],
  ['loses the capacity', (world, id) => set(world, id, { capacity: 0 })],
  [
    'is removed',
    ({ desk, workspaceId }, agentId) => deleteAgent(desk, { workspaceId, agentId, actor: 'test' }),
  ],
])('it waits no longer for an agent who %s', async (_, act) => {
  const { world, ana, budi, open, holder } = await makeWorld();
  const { desk, workspaceId } = world;
  const team = uuid();
  await insertGroup(desk.db, 'team', { workspaceId, id: team, name: 'Sales' });
  for (const id of [ana, budi]) await set(world, id, { teamIds: [team] });
  const inTeam: Plan = { ...known, steps: [{ after: 0, team }] };
  const policy = { ...defaultPolicy, plans: [inTeam, others], rules };
  await changePolicy(desk, { workspaceId, actor: 'test', policy });
  const conversation = await open(ana);
  expect(await world.route()).toBe(0);
  await act(world, ana);
  expect(await world.route()).toBeGreaterThanOrEqual(1);
  expect(await holder(conversation)).toBe(budi);
});

test('away is not gone: it goes on waiting, and gets the agent who comes back', async () => {
  const { world, ana, busy, open, end: ends, holder } = await makeWorld();
  const conversation = await open(ana);
  await world.route();
  await set(world, ana, { availability: 'away' });
  await ends(busy[0] as string);
  expect(await world.route()).toBe(0);
  await set(world, ana, { availability: 'online' });
  expect(await world.route()).toBe(1);
  expect(await holder(conversation)).toBe(ana);
});

test('who was offline at the beginning is not waited for, though they come back in time', async () => {
  const { world, ana, budi, open, holder } = await makeWorld({ budi: 0 });
  await set(world, ana, { availability: 'offline' });
  const conversation = await open(ana);
  await world.route();
  await set(world, ana, { availability: 'online' });
  await set(world, budi, { capacity: 1 });
  expect(await world.route()).toBe(1);
  expect(await holder(conversation)).toBe(budi);
});

test('an agent named on the contact comes before the one of the last conversation', async () => {
  const { world, channel, ana, budi, holder } = await makeWorld({ ana: 2, budi: 2 });
  const { desk, workspaceId } = world;
  const contact = { externalId: 'c1', name: 'Sari', email: null, phone: null, avatarUrl: null };
  const begin = () => makeConversation(world, channel, { contact: { ...contact, attributes: {} } });
  const before = await begin();
  const assigning = { workspaceId, conversationId: before, agentId: budi, actor: 'test' };
  await assignConversation(desk, { acting: null, ...assigning, force: false });
  const { rows } = await desk.db.query(
    'select contact_id as id from conversation where conversation_id = $1',
    [before],
  );
  const key = { workspaceId, contactId: rows[0].id as string };
  await changeContact(desk, { ...key, tags: ['known'] });
  await end(world, before);
  const again = await begin();
  expect(await world.route()).toBe(1);
  expect(await holder(again)).toBe(budi);
  await end(world, again);
  await changeContact(desk, { ...key, agentId: ana });
  const named = await begin();
  // Ana has no room: it waits for her, and not for Budi, who has.
  expect(await world.route()).toBe(0);
  expect(await say(world, named)).toContainEqual(
    expect.objectContaining({ code: 'waits-for', agentId: ana }),
  );
  await set(world, ana, { capacity: 3 });
  expect(await world.route()).toBe(1);
  expect(await holder(named)).toBe(ana);
});

test('a contact belongs to nobody who does not exist', async () => {
  const { world, open, ana } = await makeWorld();
  await open(ana);
  const { rows } = await world.desk.db.query('select contact_id as id from contact limit 1');
  const change = { workspaceId: world.workspaceId, contactId: rows[0].id, agentId: uuid() };
  await expect(changeContact(world.desk, change)).rejects.toMatchObject({
    code: 'agent.not-found',
  });
});

test.each(['alone', 'among all'])(
  'whoever came first goes first: the one that waits %s',
  async (first) => {
    const { world, channel, ana, busy, open, end: ends, holder } = await makeWorld({ budi: 0 });
    const alone = () => open(ana);
    const plain = () => makeConversation(world, channel);
    const [older, younger] = first === 'alone' ? [alone, plain] : [plain, alone];
    const before = await older();
    const after = await younger();
    expect(await world.route()).toBe(0);
    await ends(busy[0] as string);
    expect(await world.route()).toBe(1);
    expect([await holder(before), await holder(after)]).toEqual([ana, null]);
  },
);

test('of many that wait for one agent as many are given as there is room for, the first ones', async () => {
  const { world, ana, open, holder } = await makeWorld();
  const all: string[] = [];
  for (let nth = 0; nth < 40; nth += 1) all.push(await open(ana));
  await world.route();
  await set(world, ana, { capacity: 31 });
  expect(await world.route()).toBe(30);
  const holders = await Promise.all(all.map(holder));
  expect(holders).toEqual(all.map((_, nth) => (nth < 30 ? ana : null)));
});

test('another node learns for whom something waits, and that they have gone', async () => {
  const { world, ana, budi, busy, open, end: ends, holder } = await makeWorld();
  const { desk, workspaceId } = world;
  const roster = makeRoster(workspaceId);
  const other = async () => {
    let assigned = 0;
    for (;;) {
      const pass = await routeWaiting(desk, { workspaceId, roster });
      assigned += pass.assigned;
      if (!pass.more) return assigned;
    }
  };
  expect(await other()).toBe(0);
  const [first, second] = [await open(ana), await open(ana)];
  expect(await world.route()).toBe(0);
  await ends(busy[0] as string);
  expect(await other()).toBe(1);
  expect(await holder(first)).toBe(ana);
  await set(world, ana, { availability: 'offline' });
  expect(await other()).toBe(1);
  expect(await holder(second)).toBe(budi);
  expect(await world.route()).toBe(0);
});

test('without rules it needs what it came with', async () => {
  const { world, ana, budi, open, holder } = await makeWorld();
  const conversation = await open(ana);
  await world.route();
  const { desk, workspaceId } = world;
  await changePolicy(desk, { workspaceId, actor: 'test', policy: defaultPolicy });
  expect(await world.route()).toBe(1);
  expect(await holder(conversation)).toBe(budi);
});

test('what others may have is not asked for an agent without room, and what waits for one not for others', async () => {
  const { world, channel, ana, budi, open, holder } = await makeWorld({ budi: 1 });
  const [alone, plain] = [await open(ana), await makeConversation(world, channel)];
  expect(await world.route()).toBe(1);
  expect([await holder(alone), await holder(plain)]).toEqual([null, budi]);
});
