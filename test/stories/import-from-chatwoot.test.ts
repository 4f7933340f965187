// A company leaves Chatwoot and has its past here: what it was, and nothing of it is news.
import { expect, test } from 'vitest';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import {
  digestTables,
  type ImportStand,
  type PastConversation,
  type PastMessage,
  readPast,
  startImportStand,
} from '../makers/import-stand.ts';

const AT = '2025-03-01 08:00:00';
const times = { created_at: AT, updated_at: AT };
const pick = <Item>(items: readonly Item[], at: number): Item => items[at % items.length] as Item;
/** As Chatwoot writes it, and as we read it. */
const clock = (minutes: number) => new Date(Date.UTC(2025, 2, 1, 8) + minutes * 60_000);
const theirs = (minutes: number) => clock(minutes).toISOString().replace('T', ' ').slice(0, 19);
const ours = (minutes: number) => `${clock(minutes).toISOString().slice(0, 19)}Z`;

/** Two accounts: only the first is brought. */
async function fillPeople({ put }: ImportStand) {
  await put('accounts', { name: 'Shop', ...times });
  await put('accounts', { name: 'Other', ...times });
  for (const [name, email] of [
    ['Ana', 'ana@shop.example'],
    ['Budi', 'Budi@Shop.example'],
    ['Of another account', 'cid@other.example'],
    ['Without an address', null],
    ['Known here', 'dewi@shop.example'],
  ]) {
    await put('users', { name, email, encrypted_password: 'hash', ...times });
  }
  for (const [account_id, user_id, role] of [
    [1, 1, 1],
    [1, 2, 0],
    [2, 3, 1],
    [1, 4, 0],
    [1, 5, 0],
  ]) {
    await put('account_users', { account_id, user_id, role, ...times });
  }
  for (const [account_id, name] of [
    [1, 'Sales'],
    [1, 'SUPPORT'],
    [2, 'Elsewhere'],
  ]) {
    await put('teams', { account_id, name, ...times });
  }
  for (const [team_id, user_id] of [
    [1, 1],
    [1, 2],
    [2, 2],
    [2, 5],
    [3, 3],
  ]) {
    await put('team_members', { team_id, user_id, ...times });
  }
  await put('labels', { account_id: 1, title: 'vip', color: '#ff0000', ...times });
  await put('labels', { account_id: 1, title: 'odd', color: 'red', ...times });
  await put('canned_responses', {
    ...{ account_id: 1, short_code: 'hi there/now' },
    ...{ content: 'Hello {{contact.name}}, {{ agent.name }} of {{account.id}}: {x}', ...times },
  });
  await put('canned_responses', { account_id: 1, short_code: 'empty', content: null, ...times });
  await put('inboxes', { account_id: 1, channel_id: 1, name: 'Site', ...times });
  for (const name of ['vip', 'odd']) await put('tags', { name });
}

const NAMES = ['Sari', '', null, '<b>Bold</b> & co', '😀 Kim', 'Li'.repeat(200)];
const CONTACTS = 24;
const shownName = (no: number): string | null => (pick(NAMES, no) || null)?.slice(0, 255) ?? null;

async function fillContacts({ put }: ImportStand): Promise<void> {
  for (let no = 0; no < CONTACTS; no += 1) {
    await put('contacts', {
      ...{ account_id: 1, name: pick(NAMES, no), blocked: no % 7 === 0 },
      email: no % 3 === 0 ? null : `c${no}@mail.example`,
      phone_number: no % 4 === 0 ? `+62811${no}` : null,
      identifier: no % 5 === 0 ? `crm-${no}` : null,
      custom_attributes: JSON.stringify({ plan: 'gold', deep: { a: [1] }, none: null, empty: '' }),
      ...{ last_activity_at: no % 2 === 0 ? null : theirs(no), ...times, created_at: theirs(no) },
    });
  }
  await put('contacts', { account_id: 2, name: 'Of another account', ...times });
  await put('taggings', {
    ...{ tag_id: 1, taggable_type: 'Contact', taggable_id: 1 },
    context: 'labels',
  });
}

const CONVERSATIONS = 40;
const STATUSES = [0, 1, 2, 3, 1, 9];
const ASSIGNEES: [number | null, string | null][] = [
  [1, 'ana@shop.example'],
  [2, 'Budi@Shop.example'],
  [null, null],
  [999, null],
  [5, 'dewi@shop.example'],
];
const TEAMS: [number | null, string | null][] = [
  [null, null],
  [1, 'Sales'],
  [2, 'Support'],
  [77, null],
];
const PRIORITIES: [number | null, string][] = [
  [null, 'normal'],
  [0, 'low'],
  [1, 'normal'],
  [2, 'high'],
  [3, 'urgent'],
];

/** What Chatwoot writes, and what should come of it; null: nothing. */
const KINDS: { row: object; files?: object[]; comes: Omit<PastMessage, 'at'> | null }[] = [
  {
    row: { message_type: 0, content: 'Hello <b>you</b>', sender_type: 'Contact', sender_id: 1 },
    comes: { kind: 'text', author: 'contact', agent: null, text: 'Hello <b>you</b>' },
  },
  {
    row: { message_type: 1, content: 'Hi', sender_type: 'User', sender_id: 1 },
    comes: { kind: 'text', author: 'agent', agent: 'ana@shop.example', text: 'Hi' },
  },
  {
    row: { message_type: 1, content: 'Of who left', sender_type: 'User', sender_id: 999 },
    comes: { kind: 'text', author: 'agent', agent: null, text: 'Of who left' },
  },
  {
    row: { message_type: 1, content: 'psst 😀', private: true, sender_type: 'User', sender_id: 2 },
    comes: { kind: 'note', author: 'agent', agent: 'Budi@Shop.example', text: 'psst 😀' },
  },
  {
    row: { message_type: 1, content: 'I am a bot', sender_type: 'AgentBot', sender_id: 1 },
    comes: { kind: 'text', author: 'bot', agent: null, text: 'I am a bot' },
  },
  {
    row: { message_type: 1, content: 'So am I', sender_type: 'Captain::Assistant', sender_id: 1 },
    comes: { kind: 'text', author: 'bot', agent: null, text: 'So am I' },
  },
  {
    row: { message_type: 3, content: 'We are closed', content_type: 3 },
    comes: { kind: 'text', author: 'system', agent: null, text: 'We are closed' },
  },
  { row: { message_type: 2, content: 'Conversation was resolved by Ana' }, comes: null },
  {
    row: {
      message_type: 0,
      content: 'This message was deleted',
      content_attributes: '{"deleted":true}',
    },
    comes: null,
  },
  {
    row: {
      ...{ message_type: 0, content: 'This message was deleted' },
      content_attributes: JSON.stringify(JSON.stringify({ deleted: true })),
    },
    comes: null,
  },
  { row: { message_type: 0, content: null, sender_type: 'Contact' }, comes: null },
  { row: { message_type: 0, content: '  \n ', sender_type: 'Contact' }, comes: null },
  {
    row: { message_type: 0, content: null, sender_type: 'Contact' },
    files: [{ filename: 'a b.pdf', content_type: 'application/pdf', byte_size: 2000 }],
    comes: {
      kind: 'text',
      author: 'contact',
      agent: null,
      text: '📎 a b.pdf (application/pdf, 2 kB)',
    },
  },
  {
    row: { message_type: 1, content: 'Look', sender_type: 'User', sender_id: 1 },
    files: [
      { filename: 'x.png', content_type: null, byte_size: 1 },
      { external_url: 'https://maps.example/1' },
    ],
    comes: {
      ...{ kind: 'text', author: 'agent', agent: 'ana@shop.example' },
      text: 'Look\n📎 x.png (1 kB)\n📎 https://maps.example/1',
    },
  },
  {
    row: { message_type: 0, content: 'x'.repeat(60_000), sender_type: 'Contact' },
    comes: { kind: 'text', author: 'contact', agent: null, text: 'x'.repeat(50_000) },
  },
  {
    row: { message_type: 8, content: 'Of a later version' },
    comes: { kind: 'text', author: 'system', agent: null, text: 'Of a later version' },
  },
];

async function addMessage(
  { put }: ImportStand,
  { id, no, minute }: { id: number; no: number; minute: number },
): Promise<PastMessage | null> {
  const { row, files = [], comes } = pick(KINDS, no);
  const place = { account_id: 1, inbox_id: 1, conversation_id: id };
  const at = { created_at: theirs(minute), updated_at: theirs(minute) };
  const message_id = await put('messages', { ...place, ...row, ...at });
  for (const { filename, content_type, byte_size, external_url } of files as Record<
    string,
    unknown
  >[]) {
    const record_id = await put('attachments', { message_id, account_id: 1, external_url, ...at });
    if (filename === undefined) continue;
    const blob = { key: `k${record_id}`, filename, content_type, byte_size, service_name: 'local' };
    const blob_id = await put('active_storage_blobs', { ...blob, created_at: AT });
    const named = { name: 'file', record_type: 'Attachment', record_id, blob_id };
    await put('active_storage_attachments', { ...named, created_at: AT });
  }
  return comes === null ? null : { ...comes, at: ours(minute) };
}

/** The row of Chatwoot, and what should come of it but its messages. */
function makeConversation(no: number) {
  const [minute, count] = [100 + no * 10, no % 9];
  const [[assignee_id, agent], [team_id, team]] = [pick(ASSIGNEES, no), pick(TEAMS, no)];
  const [priority, named] = pick(PRIORITIES, no);
  const contact = no % CONTACTS;
  const isOrphan = no % 11 === 10;
  const rating = no % 5 === 0 ? (no % 7) + 1 : null;
  const row = {
    ...{ account_id: 1, inbox_id: 1, status: pick(STATUSES, no), assignee_id, team_id, priority },
    ...{ contact_id: isOrphan ? null : contact + 1, display_id: 1000 + no },
    ...{ created_at: theirs(minute), updated_at: AT, last_activity_at: theirs(minute + 1) },
    first_reply_created_at: no % 2 === 0 ? theirs(minute + 2) : null,
  };
  const comes = {
    ...{ number: String(1000 + no), state: 'closed', contact: shownName(contact), agent, team },
    ...{ priority: named, tags: no % 3 === 0 ? ['odd'] : [], opened: ours(minute) },
    ended: ours(minute + Math.max(1, count - 1)),
    rating: rating !== null && rating <= 5 ? rating : null,
  };
  return { row, comes: isOrphan ? null : comes, minute, count, rating, contactId: contact + 1 };
}

async function putConversation(stand: ImportStand, no: number): Promise<PastConversation | null> {
  const { row, comes, minute, count, rating, contactId } = makeConversation(no);
  const id = await stand.put('conversations', row);
  const label = { tag_id: 2, taggable_type: 'Conversation', taggable_id: id, context: 'labels' };
  if (no % 3 === 0) await stand.put('taggings', label);
  if (rating !== null) {
    const survey = { account_id: 1, conversation_id: id, message_id: id, contact_id: contactId };
    await stand.put('csat_survey_responses', { ...survey, rating, ...times });
  }
  const messages: PastMessage[] = [];
  for (let at = 0; at < count; at += 1) {
    const message = await addMessage(stand, { id, no: no + at * 3, minute: minute + at });
    if (message !== null) messages.push(message);
  }
  return comes === null ? null : { ...comes, messages };
}

/** Answers what should be here. */
async function fillPast(stand: ImportStand): Promise<PastConversation[]> {
  const expected: PastConversation[] = [];
  for (let no = 0; no < CONVERSATIONS; no += 1) {
    const comes = await putConversation(stand, no);
    if (comes !== null) expected.push(comes);
  }
  return expected;
}

async function begin() {
  const stand = await startImportStand('chatwoot');
  const { usher } = stand;
  const make = async (path: string, body: object) => {
    const made = await usher.call('POST', `/api/v1/${path}`, { body });
    expect(made.status, made.text).toBe(201);
    return made.body as { id: string };
  };
  await make('users', { name: 'Dewi', email: 'dewi@shop.example', role: 'supervisor' });
  await make('teams', { name: 'Support' });
  await make('tags', { name: 'VIP', colour: '#00ff00' });
  const events = ['conversation.opened', 'conversation.closed', 'message.created'];
  await make('endpoints', { url: 'https://receiver.example/hook', events, enabled: true });
  await fillPeople(stand);
  await fillContacts(stand);
  const expected = await fillPast(stand);
  return { stand, usher, expected };
}

const only = { account: 1 };

test('all of an account comes, as it was, and nobody is told', async () => {
  const { stand, usher, expected } = await begin();
  const before = await digestTables(usher);
  const dry = await stand.run({ ...only, dryRun: true });
  expect(await digestTables(usher), 'a dry run writes nothing').toEqual(before);

  const done = await stand.run(only);

  expect(done.counts).toEqual(dry.counts);
  const past = await readPast(usher);
  expect([...past.keys()].toSorted()).toEqual(expected.map(({ number }) => number).toSorted());
  for (const one of expected) expect(past.get(one.number), one.number).toEqual(one);
  const said = expected.reduce((sum, { messages }) => sum + messages.length, 0);
  expect(done.counts).toMatchObject({
    ...{
      agents: { found: 3, added: 2 },
      teams: { found: 2, added: 1 },
      tags: { found: 2, added: 1 },
    },
    ...{ replies: { found: 1, added: 1 }, contacts: { found: CONTACTS, added: CONTACTS } },
    conversations: {
      found: CONVERSATIONS,
      added: expected.length,
      leftOut: CONVERSATIONS - expected.length,
    },
    messages: { added: said },
  });
  expect(done.openCount).toBe(
    expected.filter(({ number }) => pick(STATUSES, Number(number) - 1000) !== 1).length,
  );
  const after = await digestTables(usher);
  expect([after.event, after.delivery]).toEqual([before.event, before.delivery]);
});

test('people, teams, canned replies and contacts are what they were', async () => {
  const { stand, usher } = await begin();
  await stand.run(only);

  const { rows: users } = await usher.database.pool.query(
    `select u.name, u.email, u.role, u.password_hash as password, a.availability,
      array(select t.name from agent_team m join team t using (workspace_id, team_id) where m.agent_id = u.agent_id order by t.name) as teams
    from user_account u join agent a using (workspace_id, agent_id) order by lower(u.email)`,
  );
  expect(users).toEqual([
    {
      name: 'Ana',
      email: 'ana@shop.example',
      role: 'admin',
      password: null,
      availability: 'offline',
      teams: ['Sales'],
    },
    {
      name: 'Budi',
      email: 'Budi@Shop.example',
      role: 'agent',
      password: null,
      availability: 'offline',
      teams: ['Sales', 'Support'],
    },
    {
      name: 'Dewi',
      email: 'dewi@shop.example',
      role: 'supervisor',
      password: null,
      availability: 'offline',
      teams: [],
    },
  ]);
  const { body: replies } = await usher.call('GET', '/api/v1/canned-replies');
  expect(replies).toMatchObject({
    items: [{ shortcut: 'hi-there-now', text: 'Hello {name}, {agent} of [account.id]: [x]' }],
  });
  const { body: tags } = await usher.call('GET', '/api/v1/tags');
  expect((tags as { items: object[] }).items).toMatchObject([
    { name: 'odd', colour: '#868e96' },
    { name: 'VIP', colour: '#00ff00' },
  ]);
  const found = await usher.call('GET', '/api/v1/contacts?q=c20@mail.example');
  expect((found.body as { items: object[] }).items).toMatchObject([
    {
      ...{ name: null, email: 'c20@mail.example', phone: '+6281120', tags: [] },
      attributes: { identifier: 'crm-20', plan: 'gold', deep: '{"a":[1]}' },
    },
  ]);
  const first = await usher.call('GET', '/api/v1/contacts?tag=vip');
  expect((first.body as { items: object[] }).items).toMatchObject([
    { name: 'Sari', attributes: { blocked: 'true' } },
  ]);
});

test('another run adds what is new, and leaves what was changed here', async () => {
  const { stand, usher } = await begin();
  await stand.run(only);
  const first = await digestTables(usher);
  const again = await stand.run(only);
  const added = Object.values(again.counts).map((count) => count.added);
  expect(added).toEqual(added.map(() => 0));
  const second = await digestTables(usher);
  // A run leaves an entry.
  expect({ ...second, audit_entry: null }).toEqual({ ...first, audit_entry: null });

  const { pool } = usher.database;
  await pool.query(`update contact set name = 'Renamed here' where external_id = 'chatwoot:1'`);
  await pool.query('delete from agent_team');
  await stand.source.query(`update contacts set name = 'Renamed there' where id = 1`);
  const [conversation] = (
    await stand.source.query('select id from conversations where display_id = 1000')
  ).rows;
  await addMessage(stand, { id: conversation.id, no: 0, minute: 9000 });
  await addMessage(stand, { id: conversation.id, no: 3, minute: 9001 });

  const third = await stand.run(only);

  expect(third.counts).toMatchObject({
    ...{ contacts: { added: 0 }, conversations: { added: 0 }, messages: { added: 2 } },
  });
  const past = (await readPast(usher)).get('1000');
  expect(past).toMatchObject({ contact: 'Renamed here', state: 'closed', ended: ours(9001) });
  expect(past?.messages.slice(-2)).toMatchObject([
    { author: 'contact', at: ours(9000) },
    { kind: 'note', at: ours(9001) },
  ]);
  expect((await pool.query('select from agent_team')).rowCount).toBe(0);
});

test('its past is read, searched and counted like any other', async () => {
  const { stand, usher } = await begin();
  await stand.run(only);
  const { body } = await usher.call('GET', '/api/v1/conversations?state=closed&limit=200');
  const { items } = body as { items: { id: string; externalId: string }[] };
  const one = items.find(({ externalId }) => externalId === '1005');
  const messages = await usher.call('GET', `/api/v1/conversations/${one?.id}/messages`);
  expect(messages.status, messages.text).toBe(200);
  const reply = await usher.call('POST', `/api/v1/conversations/${one?.id}/messages`, {
    body: { text: 'Still there?' },
  });
  expect(reply.status, 'nothing can be said in it').toBe(409);
  const span = 'from=2025-03-01T00:00:00Z&to=2025-03-02T00:00:00Z&timeZone=UTC&by=channel';
  const report = await usher.call('GET', `/api/v1/reports?${span}`);
  expect(report.status, report.text).toBe(200);
  expect(report.body).toMatchObject({
    totals: { opened: items.length, closed: items.length },
    rows: [{ label: 'chatwoot' }],
  });
});

test('what is no Chatwoot, or not one account, is refused in words', async () => {
  const { stand, usher } = await begin();
  await expect(stand.run()).rejects.toThrow(
    'several accounts: 1 (Shop), 2 (Other). Name one: --account',
  );
  await expect(stand.run({ account: 7 })).rejects.toThrow('There is no account 7');
  await expect(stand.run({ ...only, workspace: 'nowhere' })).rejects.toThrow(
    'There is no workspace nowhere',
  );
  await expect(stand.run({ ...only, schema: 'empty' })).rejects.toThrow(
    'Name another with --schema',
  );
  await expect(stand.run({ ...only, from: usher.database.url })).rejects.toThrow(
    'is none of a chatwoot',
  );
  await expect(stand.run({ ...only, from: 'postgres://127.0.0.1:9/x' })).rejects.toThrow(
    'The database of --from does not answer',
  );
  expect(
    (
      await usher.database.pool.query('select from contact where workspace_id = $1', [
        DEFAULT_WORKSPACE,
      ])
    ).rowCount,
  ).toBe(0);
});
