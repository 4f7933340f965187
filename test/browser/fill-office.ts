// Fills a workspace through its doors as people would: agents, teams, customers who write, agents who answer.

import { ADMIN, type Call, type Office } from './start-office.ts';
import { agents, cannedReplies, type Story, stories, tags } from './stories.ts';

interface Named {
  id: string;
  name: string;
}
interface Settled {
  call: Call;
  office: Office;
  agents: Map<string, string>;
  teams: Map<string, string>;
  /** By the customer's name. */
  contacts: Map<string, ReturnType<Office['organisation']['addContact']>>;
}

export async function fillOffice(office: Office): Promise<Settled> {
  const settled = await settle(office);
  // The latest stay: whoever comes twice has ended the first time before.
  for (const story of stories.toSorted((a, b) => Number(b.ended ?? 0) - Number(a.ended ?? 0))) {
    await tell(settled, story);
  }
  await age(office);
  return settled;
}

async function settle(office: Office): Promise<Settled> {
  const { call } = office;
  const teams = new Map<string, string>();
  for (const name of ['Support', 'Orders', 'Billing']) {
    const { id } = await call<Named>('POST', '/api/v1/teams', { name });
    teams.set(name, id);
  }
  for (const name of ['English', '한국어', 'Bahasa Indonesia']) {
    await call('POST', '/api/v1/skills', { name });
  }
  const people = new Map<string, string>();
  const { items } = await call<{ items: (Named & { email: string; agentId: string })[] }>(
    'GET',
    '/api/v1/users',
  );
  const me = items.find(({ email }) => email === ADMIN.email);
  if (me === undefined) throw new Error('The first admin is not there.');
  await call('PATCH', `/api/v1/agents/${me.agentId}`, {
    name: 'Ana Pereira',
    capacity: 3,
    teamIds: [...teams.values()],
    answersHere: true,
  });
  people.set('Ana', me.agentId);
  for (const { name, role, capacity, teams: inTeams } of agents) {
    const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@example.com`;
    const { user } = await call<{ user: { agentId: string } }>('POST', '/api/v1/users', {
      name,
      email,
      role,
    });
    const teamIds = inTeams.map((team) => teams.get(team));
    await call('PATCH', `/api/v1/agents/${user.agentId}`, { capacity, teamIds, answersHere: true });
    people.set(name, user.agentId);
  }
  for (const reply of cannedReplies) await call('POST', '/api/v1/canned-replies', reply);
  for (const tag of tags) await call('POST', '/api/v1/tags', tag);
  await connect(office);
  return { call, office, agents: people, teams, contacts: new Map() };
}

/** The way an admin connects RapidPro, with its stand-in on the other side; and an endpoint that listens. */
async function connect({ call, organisation, receiver }: Office): Promise<void> {
  const secret = organisation.visitConnectPage();
  const channel = await call<{ urls: { baseUrl: string }; shownOnce: Record<string, string> }>(
    'POST',
    '/api/v1/channels',
    { kind: 'rapidpro', name: 'WhatsApp shop', secrets: { secret } },
  );
  await organisation.connect({ baseUrl: channel.urls.baseUrl, ...channel.shownOnce } as never);
  await call('POST', '/api/v1/endpoints', {
    url: receiver.url,
    secret: 'topsecret',
    events: [
      'send_external_message',
      'session_state_open',
      'session_state_inprogress',
      'session_state_close',
    ],
  });
}

async function tell(settled: Settled, story: Story): Promise<void> {
  const { call, office, agents: people, teams, contacts } = settled;
  const { organisation, tick } = office;
  const { name, email, phone, team, agent, lines } = story;
  await tick();
  const contact =
    contacts.get(name) ??
    organisation.addContact({ name, ...(email ? { email } : {}), ...(phone ? { phone } : {}) });
  contacts.set(name, contact);
  const opened = await organisation.openTicket({ contact });
  if (!opened.opened) throw new Error(JSON.stringify(opened));
  const id = organisation.ticket(opened.ticketUuid)?.externalId ?? '';
  const at = `/api/v1/conversations/${id}`;
  if (team) await call('POST', `${at}/transfer`, { teamId: teams.get(team) });
  const holder = agent === null ? undefined : people.get(agent);
  const [first, ...rest] = lines;
  if (first) await organisation.sendMessage({ contact, text: first.slice(2) });
  if (holder) await call('POST', `${at}/assign`, { agentId: holder, force: true });
  await talk(settled, { at, contact, lines: rest, holder });
  const { tags: wanted, priority } = story;
  await call('PATCH', at, { tags: wanted ?? [], ...(priority ? { priority } : {}) });
  if (!story.ended) return;
  await tick();
  await call('POST', `${at}/close`, { reason: 'solved', note: 'All well.' });
  // RapidPro opens nothing new for a customer before it knows of the end.
  for (let tries = 0; tries < 600; tries += 1) {
    if (organisation.ticket(opened.ticketUuid)?.status !== 'open') return;
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function talk(
  { call, office }: Settled,
  said: {
    at: string;
    contact: ReturnType<Office['organisation']['addContact']>;
    lines: string[];
    holder: string | undefined;
  },
): Promise<void> {
  const { at, contact, lines, holder } = said;
  if (holder === undefined) return;
  const { token } = await call<{ token: string }>('POST', '/api/v1/tokens', voiceOf(at, holder));
  for (const line of lines) {
    await office.tick();
    const text = line.slice(2);
    const path = `${at}/${line.startsWith('#') ? 'notes' : 'messages'}`;
    if (line.startsWith('<')) await office.organisation.sendMessage({ contact, text });
    else await speak(office.url, path, token, text);
  }
}

const voiceOf = (name: string, agentId: string) => ({
  name: `Voice in ${name}`,
  role: 'agent',
  agentId,
});

async function speak(url: string, path: string, token: string, text: string): Promise<void> {
  const response = await fetch(new URL(path, url), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** A morning's work has times that lie apart; what was seeded in a second is spread over it. */
async function age({ pool, call }: Office): Promise<void> {
  const { items } = await call<{ items: { id: string; state: string }[] }>(
    'GET',
    '/api/v1/conversations?limit=100&sort=oldest',
  );
  let minutes = 4;
  for (const { id, state } of items) {
    const back = state === 'closed' ? 1440 + minutes : minutes;
    minutes += 9;
    // What took a second takes minutes, in the same order.
    const aged = (column: string) =>
      `(select queued_at from conversation where conversation_id = $1) - make_interval(mins => ${back})
        + (${column} - (select queued_at from conversation where conversation_id = $1)) * 90`;
    await pool.query(
      `update message set created_at = ${aged('created_at')} where conversation_id = $1`,
      [id],
    );
    await pool.query(`update event set at = ${aged('at')} where stream_id = $1`, [id]);
    await pool.query(
      `update assignment set assigned_at = ${aged('assigned_at')}, confirmed_at = ${aged('confirmed_at')},
        ended_at = ${aged('ended_at')} where conversation_id = $1`,
      [id],
    );
    await pool.query(
      `update conversation set queued_at = ${aged('queued_at')}, assigned_at = ${aged('assigned_at')},
        closed_at = ${aged('closed_at')} where conversation_id = $1`,
      [id],
    );
  }
  await pool.query(`delete from token where name like 'Voice in %'`).catch(() => {});
  await pool.query(`delete from audit_entry where change ->> 'name' like 'Voice in %'`);
  for (const { name, online } of [{ name: 'Ana Pereira', online: true }, ...agents]) {
    const all = await call<{ items: { id: string; name: string }[] }>(
      'GET',
      '/api/v1/agents?limit=200',
    );
    const id = all.items.find((one) => one.name === name)?.id;
    if (id)
      await call('PATCH', `/api/v1/agents/${id}`, {
        availability: online ? 'online' : 'away',
        leaseSeconds: 86_400,
      });
  }
}
