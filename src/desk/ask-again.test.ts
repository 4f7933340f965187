// When the rules must be asked about what waits: again, or for the first time although a door did not know of them yet.
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { promising } from '../../test/makers/promising.ts';
import type { PolicyDocument } from '../contract/policy/document.ts';
import { defaultPolicy } from '../contract/policy/policy.ts';
import type { Condition } from '../contract/policy/rule-fields.ts';
import { needsKey } from '../routing/needs-key.ts';
import { compilePolicy } from '../routing/plans/compile-policy.ts';
import { askAgain } from '../store/ask-again.ts';
import { insertGroup } from '../store/groups.ts';
import { openConversations } from '../store/open-conversations.ts';
import { placing } from '../store/place-conversations.ts';
import { query } from '../store/sql.ts';
import { withTx } from '../store/tx.ts';
import { getPolicy } from '../store/workspaces.ts';
import { appendMessage } from './append-message.ts';
import { changeContact } from './change-contact.ts';
import { changePolicy } from './change-policy.ts';
import { commit } from './commit.ts';
import { placeWaiting, readToPlace } from './place-waiting.ts';
import { createAgent } from './update-agent.ts';

async function put({ desk, workspaceId }: TestDesk, document: Partial<PolicyDocument>) {
  const policy = { ...defaultPolicy, ...document };
  expect(await changePolicy(desk, { workspaceId, actor: 'test', policy })).toHaveProperty(
    'version',
  );
}

async function look({ desk, workspaceId }: TestDesk, conversationId: string) {
  const { rows } = await desk.db.query(
    `select agent_id as "agentId", plan, state from conversation where workspace_id = $1 and conversation_id = $2`,
    [workspaceId, conversationId],
  );
  return rows[0];
}

async function makeTeam({ desk, workspaceId }: TestDesk, name: string): Promise<string> {
  const id = uuid();
  await insertGroup(desk.db, 'team', { workspaceId, id, name });
  return id;
}

test('what opens at the very moment in which the first rules are put is asked about before anybody gets it', async () => {
  const world = await makeDesk();
  const { desk, workspaceId } = world;
  const channel = await makeChannel(world);
  const sales = await makeTeam(world, 'Sales');
  const online = { availability: 'online', capacity: 5 } as const;
  await createAgent(desk, workspaceId, { ...online, name: 'Ana' });
  const { agentId } = await createAgent(desk, workspaceId, {
    ...{ ...online, name: 'Budi', teamIds: [sales] },
  });
  // Its statement has looked for rules and found none, and commits after them.
  const conversationId = await withTx(desk.db, async (tx) => {
    const id = await openWithin(promising(tx), { workspaceId, channelId: channel.channelId });
    await put(world, {
      plans: [{ name: 'Sales', steps: [{ after: 0, team: sales }] }],
      rules: [
        // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
        { name: 'Everybody', then: { plan: 'Sales' } },
      ],
    });
    return id;
  });
  expect(await world.route()).toBe(1);
  expect(await look(world, conversationId)).toEqual({ agentId, plan: 'Sales', state: 'assigned' });
});

/** A rule with that condition leads to the plan “Hit”, everything else to “Default”. */
function rulesOf(when: Condition): Partial<PolicyDocument> {
  return {
    plans: ['Hit', 'Default'].map((name) => ({ name, steps: [{ after: 0 }] })),
    rules: [
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      { name: 'Hit', when, then: { plan: 'Hit' } },
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      { name: 'Everybody else', then: { plan: 'Default' } },
    ],
  };
}

const sari = { externalId: 'sari', name: 'Sari', email: null, phone: null, avatarUrl: null };

test('a contact who changes is asked about again, with all that waits of them and nothing else', async () => {
  const world = await makeDesk(rulesOf({ field: 'contact.attributes.tier', is: 'gold' }));
  const { desk, workspaceId } = world;
  const channel = await makeChannel(world);
  const open = () => makeConversation(world, channel, { contact: { ...sari, attributes: {} } });
  const own: string[] = [];
  for (let nth = 0; nth < 40; nth += 1) own.push(await open());
  const other = await makeConversation(world, channel);
  await world.route();
  const rows = await desk.db.query<{ contact_id: string }>(
    'select contact_id from conversation where conversation_id = $1',
    [own[0]],
  );
  const contactId = rows.rows[0]?.contact_id as string;
  const wakes = world.wakes();
  await changeContact(desk, { workspaceId, contactId, attributes: { tier: 'gold' } });
  expect(world.wakes()).toBe(wakes + 1);
  const { rowCount } = await desk.db.query('select from conversation where policy_version = 0');
  expect(rowCount).toBe(40);
  await world.route();
  for (const id of own) expect(await look(world, id)).toMatchObject({ plan: 'Hit' });
  expect(await look(world, other)).toMatchObject({ plan: 'Default' });
});

test('each thing of a contact that people change decides from then on', async () => {
  const cases = [
    [{ tags: ['vip'] as string[] }, { field: 'contact.tags', contains: 'vip' }],
    [{ lang: 'ko' }, { field: 'contact.language', is: 'ko' }],
    [{ name: 'Dewi' }, { field: 'contact.name', is: 'dewi' }],
    [{ email: 'a@shop.example' }, { field: 'contact.emailDomain', is: 'shop.example' }],
    [{ phone: '+62811' }, { field: 'contact.phone', startsWith: '+62' }],
  ] as const;
  const world = await makeDesk();
  const channel = await makeChannel(world);
  for (const [change, when] of cases) {
    await put(world, rulesOf(when));
    const id = await makeConversation(world, channel);
    await world.route();
    expect(await look(world, id)).toMatchObject({ plan: 'Default' });
    const { rows } = await world.desk.db.query(
      'select contact_id as "contactId" from conversation where conversation_id = $1',
      [id],
    );
    const key = { workspaceId: world.workspaceId, contactId: rows[0].contactId };
    await changeContact(world.desk, { ...key, ...change });
    await world.route();
    expect(await look(world, id), JSON.stringify(change)).toMatchObject({ plan: 'Hit' });
  }
});

test('an outside system that tells something new of a contact has the rules asked again, and one that repeats itself has not', async () => {
  const world = await makeDesk(rulesOf({ field: 'contact.attributes.tier', is: 'gold' }));
  const channel = await makeChannel(world, { kind: 'qiscus' });
  const tell = (tier: string) =>
    makeConversation(world, channel, {
      externalId: 'room',
      contact: { ...sari, attributes: { tier } },
    });
  const id = await tell('silver');
  await world.route();
  const wakes = world.wakes();
  await tell('silver');
  expect(world.wakes()).toBe(wakes);
  expect(await tell('gold')).toBe(id);
  expect(world.wakes()).toBe(wakes + 1);
  await world.route();
  expect(await look(world, id)).toMatchObject({ plan: 'Hit' });
});

test('a pass that has read the contact as it was does not overwrite the asking', async () => {
  const world = await makeDesk(rulesOf({ field: 'contact.attributes.tier', is: 'gold' }));
  const { desk, workspaceId } = world;
  const channel = await makeChannel(world);
  const id = await makeConversation(world, channel);
  const { rows } = await desk.db.query(
    'select contact_id as "contactId" from conversation where conversation_id = $1',
    [id],
  );
  const inForce = { version: 1, policy: compilePolicy((await policyOf(world)) as PolicyDocument) };
  const toPlace = [{ conversationId: id, served: false, stale: true }];
  const asking = { workspaceId, inForce, now: Date.now() };
  const read = await readToPlace(desk.db, { ...asking, toPlace, read: null, agents: [] });
  const placed = await placeWaiting(desk.db, { ...asking, ...read });
  await changeContact(desk, { workspaceId, ...rows[0], attributes: { tier: 'gold' } });
  const { statement, values } = placing(workspaceId, placed);
  expect(await query(promising(desk.db), statement, values)).toEqual([]);
  await world.route();
  expect(await look(world, id)).toMatchObject({ plan: 'Hit' });
});

const policyOf = async ({ desk, workspaceId }: TestDesk) => getPolicy(desk.db, workspaceId);

async function say({ desk, workspaceId }: TestDesk, conversationId: string, text: string) {
  await commit(desk, workspaceId, (_, after) =>
    appendMessage(after, {
      ...{ workspaceId, conversationId, messageId: uuid(), kind: 'text', text },
      ...{ authorKind: 'contact', authorId: null, attachments: [], late: false },
    }),
  );
}

test('the first message after the opening is asked about, the second is not', async () => {
  const world = await makeDesk(rulesOf({ field: 'conversation.text', contains: 'refund' }));
  const id = await makeConversation(world, await makeChannel(world));
  await world.route();
  expect(await look(world, id)).toMatchObject({ plan: 'Default' });
  await say(world, id, 'A refund, please');
  await world.route();
  expect(await look(world, id)).toMatchObject({ plan: 'Hit' });
  const wakes = world.wakes();
  await say(world, id, 'Hello?');
  expect(world.wakes()).toBe(wakes);
});

test('a first message that no rule looks at asks nothing', async () => {
  const world = await makeDesk(rulesOf({ field: 'contact.name', is: 'conversation.text' }));
  const id = await makeConversation(world, await makeChannel(world));
  await world.route();
  const wakes = world.wakes();
  await say(world, id, 'A refund, please');
  expect(world.wakes()).toBe(wakes);
  expect(await look(world, id)).toMatchObject({ plan: 'Default' });
});

async function openWithin(
  tx: Parameters<typeof openConversations>[0],
  { workspaceId, channelId }: { workspaceId: string; channelId: string },
): Promise<string> {
  const conversationId = uuid();
  const nothing = { teamId: null, skillIds: [], weight: 1 };
  const none = {
    contactName: null,
    contactEmail: null,
    contactPhone: null,
    contactAvatarUrl: null,
  };
  const needs = { channelId, remote: false, externalChannelId: null, excludedAgentIds: [] };
  await openConversations(tx, workspaceId, [
    {
      ...{ ...nothing, ...none, conversationId, channelId, externalId: 'room', contactId: uuid() },
      ...{
        contactExternalId: 'sari',
        contactAttributes: {},
        contactLanguage: null,
        contactTags: [],
        tags: [],
        externalChannelId: null,
        meta: {},
      },
      ...{ priority: 'normal', previousSessionId: null, recheckWithinMs: 0, listed: false },
      needsKey: needsKey({ ...needs, ...nothing }),
    },
  ]);
  return conversationId;
}

test('what waits of a contact is looked up by the contact, however much waits and before tables were ever analysed', async () => {
  const world = await makeDesk(rulesOf({ field: 'contact.name', is: 'Dewi' }));
  const { db } = world.desk;
  await makeConversation(world, await makeChannel(world));
  await world.route();
  await db.query(`insert into contact (workspace_id, contact_id, channel_id, external_id)
    select workspace_id, gen_random_uuid(), channel_id, 'many-' || n from contact, generate_series(1, 5000) n`);
  await db.query(`insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id,
      needs, policy_version, plan, queued_at, rank_at)
    select c.workspace_id, gen_random_uuid(), c.channel_id, k.external_id, k.contact_id,
      c.needs, c.policy_version, c.plan, c.queued_at, c.rank_at
    from conversation c join contact k on k.external_id like 'many-%'`);
  const { rows } = await db.query<{ 'QUERY PLAN': string }>(
    `explain with ${askAgain('select contact_id from contact where workspace_id = $1')} select from asked_again`.replaceAll(
      '$1',
      `'${world.workspaceId}'`,
    ),
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('conversation_of_contact');
  expect(plan).not.toContain('conversation_waiting');
  expect(plan).not.toContain('conversation_to_route');
});
