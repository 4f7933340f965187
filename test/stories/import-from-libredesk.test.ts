// A company leaves libredesk and has its past here: what it was, and nothing of it is news.
import { expect, test } from 'vitest';
import {
  digestTables,
  type ImportStand,
  type PastMessage,
  readPast,
  startImportStand,
} from '../makers/import-stand.ts';

const clock = (minutes: number) => new Date(Date.UTC(2025, 2, 1, 8) + minutes * 60_000);
const ours = (minutes: number) => `${clock(minutes).toISOString().slice(0, 19)}Z`;

const [SYSTEM, ANA, BUDI, GONE, ASSISTANT] = [1, 2, 3, 4, 5];

async function fillPeople({ put }: ImportStand): Promise<void> {
  const at = { created_at: clock(0) };
  const agent = { type: 'agent', last_name: null, ...at };
  await put('users', { ...agent, email: 'System', first_name: 'System' });
  const secrets = { password: 'hash', api_secret: 'hash' };
  await put('users', {
    ...agent,
    ...secrets,
    email: 'ana@shop.example',
    first_name: 'Ana',
    last_name: 'Lee',
  });
  await put('users', { ...agent, email: 'budi@shop.example', first_name: 'Budi' });
  await put('users', {
    ...agent,
    email: 'gone@shop.example',
    first_name: 'Gone',
    deleted_at: clock(9),
  });
  await put('users', { ...agent, type: 'ai_assistant', email: null, first_name: 'Robot' });
  await put('users', { ...agent, email: 'off@shop.example', first_name: 'Off', enabled: false });
  for (const [user_id, role_id] of [
    [ANA, 3],
    [BUDI, 2],
  ]) {
    await put('user_roles', { user_id, role_id });
  }
  const manual = { conversation_assignment_type: 'Manual' };
  const team_id = await put('teams', { name: 'Sales', ...manual });
  for (const user_id of [ANA, GONE]) await put('team_members', { team_id, user_id });
  for (const name of ['vip', 'slow']) await put('tags', { name });
  await put('inboxes', { name: 'Mail', channel: 'email' });
  const macro = { visibility: 'all', actions: '[]' };
  await put('macros', {
    ...{ ...macro, name: 'Say hello' },
    message_content: '<p>Hello {{ .Contact.FirstName }},</p><p>we <b>look</b> &amp; answer.</p>',
  });
  await put('macros', { ...macro, name: 'only acts', message_content: '' });
  await put('macros', {
    ...macro,
    name: 'mine',
    message_content: 'x',
    visibility: 'user',
    user_id: ANA,
  });
  await put('macros', {
    ...macro,
    name: 'of sales',
    message_content: 'y',
    visibility: 'team',
    team_id,
  });
}

/** What libredesk keeps, and what should come of it; null: nothing. */
const KINDS: [row: Record<string, unknown>, comes: Omit<PastMessage, 'at'> | null][] = [
  [
    { type: 'incoming', content_type: 'html', content: '<p>Hi</p>', text_content: 'Hi' },
    { kind: 'text', author: 'contact', agent: null, text: 'Hi' },
  ],
  [
    {
      ...{ type: 'outgoing', content_type: 'html', text_content: null, sender_id: ANA },
      content: '<div>One<br>two &lt;3</div><script>alert(1)</script><img src=x>',
    },
    { kind: 'text', author: 'agent', agent: 'ana@shop.example', text: 'One\ntwo <3' },
  ],
  [
    { type: 'outgoing', content_type: 'text', content: 'a < b', sender_id: BUDI, private: true },
    { kind: 'note', author: 'agent', agent: 'budi@shop.example', text: 'a < b' },
  ],
  [
    { type: 'outgoing', content_type: 'text', content: 'Of who left', sender_id: GONE },
    { kind: 'text', author: 'agent', agent: null, text: 'Of who left' },
  ],
  [
    { type: 'outgoing', content_type: 'text', content: 'I am a bot', sender_id: ASSISTANT },
    { kind: 'text', author: 'bot', agent: null, text: 'I am a bot' },
  ],
  [
    { type: 'outgoing', content_type: 'text', content: 'Please rate us', sender_id: SYSTEM },
    { kind: 'text', author: 'system', agent: null, text: 'Please rate us' },
  ],
  [{ type: 'activity', content_type: 'text', content: 'Ana joined', sender_id: ANA }, null],
  [{ type: 'incoming', content_type: 'html', content: '<p> </p>', text_content: '' }, null],
  [{ type: 'incoming', content_type: null, content: null, text_content: null }, null],
];

async function addMessage(
  { put }: ImportStand,
  { id, contact, no, minute }: { id: number; contact: number; no: number; minute: number },
): Promise<PastMessage | null> {
  const [row, comes] = KINDS[no % KINDS.length] as (typeof KINDS)[number];
  const isContact = row.type === 'incoming';
  const sender = { sender_id: contact, sender_type: isContact ? 'contact' : 'agent' };
  const status = isContact ? 'received' : 'sent';
  const message = { conversation_id: id, status, ...sender, ...row, created_at: clock(minute) };
  const model_id = await put('conversation_messages', message);
  if (no % 4 !== 0 || row.type === 'activity') return comes && { ...comes, at: ours(minute) };
  const file = { store: 'fs', filename: 'a.png', content_type: 'image/png', size: 4096 };
  await put('media', { ...file, model_type: 'messages', model_id });
  const line = '📎 a.png (image/png, 4 kB)';
  const empty = { kind: 'text', author: 'contact', agent: null, text: line };
  const said = comes === null ? empty : { ...comes, text: `${comes.text}\n${line}` };
  return { ...said, at: ours(minute) };
}

async function addContact({ put }: ImportStand, no: number): Promise<number> {
  return put('users', {
    ...{
      type: no % 2 === 0 ? 'contact' : 'visitor',
      first_name: `Contact ${no}`,
      last_name: 'Kim',
    },
    ...{ email: `c${no}@mail.example`, created_at: clock(no), enabled: no !== 3 },
    ...{ phone_number: '8111', phone_number_country_code: '+62', country: 'ID' },
    ...{ external_user_id: `crm-${no}`, custom_attributes: { plan: 'gold' } },
    deleted_at: no === 5 ? clock(9) : null,
  });
}

const CONVERSATIONS = 30;
const GONE_CONTACT = 5;
/** By conversation_statuses and conversation_priorities. */
const OPEN = new Set([1, 2]);
const PRIORITIES = ['low', 'normal', 'high'];

async function putConversation(stand: ImportStand, contacts: readonly number[], no: number) {
  const [minute, count] = [100 + no * 20, no % 10];
  const contact = contacts[no % contacts.length] as number;
  const [status_id, priority_id] = [(no % 4) + 1, (no % 3) + 1];
  const id = await stand.put('conversations', {
    ...{ contact_id: contact, inbox_id: 1, status_id, priority_id, reference_number: `R${no}` },
    ...{ assigned_user_id: [ANA, null, GONE][no % 3], assigned_team_id: no % 2 === 0 ? 1 : null },
    ...{ created_at: clock(minute), first_reply_at: no % 2 === 0 ? clock(minute + 1) : null },
    ...{ resolved_at: OPEN.has(status_id) ? null : clock(minute + 5), subject: 'Where is it?' },
  });
  if (no % 2 === 0) await stand.put('conversation_tags', { tag_id: 1, conversation_id: id });
  await stand.put('csat_responses', { conversation_id: id, rating: no % 6, feedback: 'fine' });
  const messages: PastMessage[] = [];
  for (let at = 0; at < count; at += 1) {
    const place = { id, contact, no: no + at, minute: minute + at };
    const message = await addMessage(stand, place);
    if (message !== null) messages.push(message);
  }
  return {
    ...{ number: `R${no}`, state: 'closed', contact: `Contact ${no % contacts.length} Kim` },
    ...{ agent: no % 3 === 0 ? 'ana@shop.example' : null, team: no % 2 === 0 ? 'Sales' : null },
    ...{ priority: PRIORITIES[no % 3], tags: no % 2 === 0 ? ['vip'] : [], opened: ours(minute) },
    ended: ours(minute + Math.max(OPEN.has(status_id) ? 0 : 5, count - 1, 0)),
    ...{ rating: no % 6 === 0 ? null : no % 6, messages, isOpen: OPEN.has(status_id) },
  };
}

async function begin() {
  const stand = await startImportStand('libredesk');
  await fillPeople(stand);
  const contacts: number[] = [];
  for (let no = 0; no < 8; no += 1) contacts.push(await addContact(stand, no));
  const all = [];
  for (let no = 0; no < CONVERSATIONS; no += 1)
    all.push(await putConversation(stand, contacts, no));
  const expected = all.filter((_, no) => no % contacts.length !== GONE_CONTACT);
  return { stand, expected, usher: stand.usher };
}

test('all of it comes, as it was, twice as well as once; who was deleted there does not', async () => {
  const { stand, usher, expected } = await begin();
  const dry = await stand.run({ dryRun: true });
  const done = await stand.run();

  expect(done.counts).toEqual(dry.counts);
  const past = await readPast(usher);
  expect([...past.keys()].toSorted()).toEqual(expected.map(({ number }) => number).toSorted());
  for (const { isOpen: _, ...one } of expected)
    expect(past.get(one.number), one.number).toEqual(one);
  expect(done.openCount).toBe(expected.filter(({ isOpen }) => isOpen).length);
  expect(done.counts).toMatchObject({
    ...{ agents: { found: 2, added: 2 }, teams: { added: 1 }, tags: { added: 2 } },
    ...{ replies: { found: 2, added: 2 }, contacts: { found: 8, added: 7, leftOut: 1 } },
    messages: { added: expected.reduce((sum, { messages }) => sum + messages.length, 0) },
  });
  const { pool } = usher.database;
  expect((await pool.query(`select from contact where name like 'Contact 5%'`)).rowCount).toBe(0);

  const before = await digestTables(usher);
  await stand.run();
  expect({ ...(await digestTables(usher)), audit_entry: null }).toEqual({
    ...before,
    audit_entry: null,
  });
  expect((await pool.query('select from delivery')).rowCount).toBe(0);
});

test('people, macros and contacts are what they were', async () => {
  const { stand, usher } = await begin();
  await stand.run();
  const { pool } = usher.database;
  const { rows: users } = await pool.query(
    `select u.name, u.email, u.role, array(select t.name from agent_team m join team t using (workspace_id, team_id)
      where m.agent_id = u.agent_id) as teams from user_account u order by u.email`,
  );
  expect(users).toEqual([
    { name: 'Ana Lee', email: 'ana@shop.example', role: 'admin', teams: ['Sales'] },
    { name: 'Budi', email: 'budi@shop.example', role: 'agent', teams: [] },
  ]);
  const { rows: replies } = await pool.query(
    'select shortcut, text, t.name as team from canned_reply r left join team t using (workspace_id, team_id) order by 1',
  );
  expect(replies).toEqual([
    { shortcut: 'of-sales', text: 'y', team: 'Sales' },
    { shortcut: 'say-hello', text: 'Hello {name},\n\nwe look & answer.', team: null },
  ]);
  const { rows: contacts } = await pool.query(
    `select email, phone, attributes from contact where name = 'Contact 3 Kim'`,
  );
  expect(contacts).toEqual([
    {
      ...{ email: 'c3@mail.example', phone: '+62 8111' },
      attributes: { identifier: 'crm-3', country: 'ID', blocked: 'true', plan: 'gold' },
    },
  ]);
});
