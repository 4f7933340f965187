// Where agents see only what is their own and their teams', nothing else is there for them, by no door.
import { expect, test } from 'vitest';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { type AgentClient, connectAgent, connectVisitor } from '../makers/web-client.ts';

type Row = { id: string; contact: { id: string } };

async function makeId(usher: TestUsher, path: string, body: object): Promise<string> {
  const made = await usher.call('POST', path, { body });
  if (made.status !== 201) throw new Error(`${path}: ${made.text}`);
  return (made.body as { id: string }).id;
}

/** A conversation that its visitor has begun with these words. */
async function converse(usher: TestUsher, words: string, channelId: string) {
  const customer = { id: words, name: words };
  const visitor = await connectVisitor(usher, { channelId, customer });
  await visitor.say('server/sessions/request', { customerId: words, requestID: 'r1' });
  await visitor.say(`${visitor.session.sessionTopic}/server/messages`, { content: words });
  const find = async () =>
    ((await usher.call('GET', `/api/v1/conversations?q=${words}`)).body as { items: Row[] })
      .items[0];
  const found = await eventually(find, (row) => row !== undefined);
  return { ...(found as Row), visitor, sessionId: visitor.session.sessionId, words };
}

const names = ['hers', 'teams', 'colleagues', 'free', 'skilled'] as const;
type Name = (typeof names)[number];

/** Ana is in the team of paper, as a conversation may ask; Budi holds what is not hers. */
async function begin() {
  const usher = await startTestUsher({ ATTENDANT_KEEP_ALIVE_TIME: '3600000' });
  const paper = await makeId(usher, '/api/v1/teams', { name: 'Paper' });
  const french = await makeId(usher, '/api/v1/skills', { name: 'French' });
  const plain = await makeId(usher, '/api/v1/channels', { kind: 'webchat', name: 'Shop' });
  const ofTeam = await makeId(usher, '/api/v1/channels', {
    ...{ kind: 'webchat', name: 'Paper', teamId: paper },
  });
  const ana = await connectAgent(usher, { name: 'Ana' });
  const budi = await connectAgent(usher, { name: 'Budi', capacity: 9 });
  const susi = await connectAgent(usher, { name: 'Susi', role: 'supervisor' });
  await usher.call('PATCH', `/api/v1/agents/${ana.agentId}`, { body: { teamIds: [paper] } });
  const all = {
    hers: await converse(usher, 'hers', plain),
    teams: await converse(usher, 'teams', ofTeam),
    colleagues: await converse(usher, 'colleagues', plain),
    free: await converse(usher, 'free', plain),
    skilled: await converse(usher, 'skilled', plain),
  };
  const give = (id: string, { agentId }: AgentClient) =>
    usher.call('POST', `/api/v1/conversations/${id}/assign`, { body: { agentId, force: true } });
  await give(all.hers.id, ana);
  await give(all.teams.id, budi);
  await give(all.colleagues.id, budi);
  await usher.database.pool.query(
    'update conversation set skill_ids = array[$1::uuid] where conversation_id = $2',
    [french, all.skilled.id],
  );
  const allow = (agentsSee: string) =>
    usher.call('PATCH', '/api/v1/settings', { body: { agentsSee } });
  const as = (who: AgentClient, method: string, path: string, body?: unknown) =>
    usher.call(method, path, { token: who.token, body });
  const seen = async (who: AgentClient, query = '') => {
    const { body } = await as(who, 'GET', `/api/v1/conversations?limit=50${query}`);
    const ids = (body as { items: Row[] }).items.map(({ id }) => id);
    return names.filter((name) => ids.includes(all[name].id));
  };
  return { usher, ana, budi, susi, all, allow, as, seen, french, give };
}

const HERS: readonly Name[] = ['hers', 'teams', 'free'];

test('lists, counts and searches hold what is one’s own, one’s teams’ and what one could be given', async () => {
  const { usher, ana, susi, allow, as, seen, french } = await begin();
  expect(await seen(ana)).toEqual(names);
  expect((await allow('own-and-teams')).status).toBe(200);
  expect(await seen(ana)).toEqual(HERS);
  expect(await seen(susi)).toEqual(names);
  for (const query of ['&state=open', '&state=assigned&sort=oldest', '&state=waiting']) {
    const wanted =
      query === '&state=waiting' ? ['free'] : HERS.slice(0, query.endsWith('open') ? 3 : 2);
    expect(await seen(ana, query), query).toEqual(wanted);
  }
  expect([await seen(ana, '&q=colleagues'), await seen(ana, '&q=hers')]).toEqual([[], ['hers']]);
  const counts = await as(ana, 'GET', '/api/v1/inbox/counts');
  expect(counts.body).toMatchObject({ mine: 1, waiting: 1, team: 1, all: 3 });
  expect((await as(susi, 'GET', '/api/v1/inbox/counts')).body).toMatchObject({ all: 5 });
  await usher.call('PATCH', `/api/v1/agents/${ana.agentId}`, { body: { skillIds: [french] } });
  expect(await seen(ana)).toEqual([...HERS, 'skilled']);
  await allow('everything');
  expect(await seen(ana)).toEqual(names);
});

test('what an agent may not see is not found, whatever is asked below it', async () => {
  const { usher, ana, susi, all, allow, as } = await begin();
  await allow('own-and-teams');
  const bodies: Record<string, unknown> = {
    'POST /messages': { text: 'x' },
    'POST /notes': { text: 'x' },
    'POST /read': { upToSeq: 1 },
    'POST /assign': { agentId: ana.agentId },
    'POST /transfer': { agentId: ana.agentId },
    'PATCH ': { priority: 'high' },
  };
  const verbs = ['accept', 'assign', 'close', 'decline', 'messages', 'notes', 'read', 'reopen'];
  const asked = [
    ...['', '/messages', '/events', '/decisions'].map((below) => `GET ${below}`),
    ...[...verbs, 'park', 'requeue', 'take-over', 'transfer', 'unpark'].map(
      (verb) => `POST /${verb}`,
    ),
    'PATCH ',
  ];
  const { id, contact, sessionId, words } = all.colleagues;
  for (const one of asked) {
    const [method = '', below] = one.split(' ');
    const path = `/api/v1/conversations/${id}${below}`;
    const answer = await as(ana, method, path, bodies[one]);
    expect([answer.status, (answer.body as { code: string }).code], one).toEqual([
      404,
      'conversation.not-found',
    ]);
  }
  const ofContact = ['', '/conversations', '/external-messages', '/statistics'];
  for (const below of ofContact) {
    const path = `/api/v1/contacts/${contact.id}${below}`;
    expect((await as(ana, 'GET', path)).status, path).toBe(404);
    expect((await as(ana, 'GET', path.replace(contact.id, all.hers.contact.id))).text).not.toMatch(
      /contact.not-found/,
    );
  }
  expect((await as(ana, 'PATCH', `/api/v1/contacts/${contact.id}`, { name: 'x' })).status).toBe(
    404,
  );
  const { rows } = await usher.database.pool.query(
    'select message_id from message where conversation_id = $1',
    [id],
  );
  const resend = `/api/v1/messages/${rows[0].message_id}/resend`;
  expect((await as(ana, 'POST', resend)).status).toBe(404);
  for (const path of [`/session/${sessionId}`, `/session/${sessionId}/messages`]) {
    expect((await as(ana, 'GET', path)).status, path).toBe(404);
    expect((await as(susi, 'GET', path)).status, path).toBe(200);
  }
  for (const path of [`/customer/${words}/messages`, `/customer/${words}/sessions/last`]) {
    expect((await as(ana, 'GET', path)).body, path).toEqual([]);
    expect((await as(susi, 'GET', path)).body, path).toHaveLength(1);
  }
  expect((await as(susi, 'GET', `/api/v1/conversations/${id}`)).status).toBe(200);
  expect((await as(ana, 'GET', `/api/v1/conversations/${all.teams.id}/messages`)).status).toBe(200);
});

test('a file is seen by whoever sees a conversation with a message that names it', async () => {
  const { usher, ana, budi, susi, all, allow, as } = await begin();
  const keep = async (name: string) => {
    const form = new FormData();
    form.append('file', new Blob([name]), name);
    const answer = await fetch(`${usher.url}/api/v1/attachments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${budi.token}` },
      body: form,
    });
    return ((await answer.json()) as { id: string }).id;
  };
  const say = async (conversationId: string, id: string) =>
    (
      await as(budi, 'POST', `/api/v1/conversations/${conversationId}/messages`, {
        ...{ text: 'here', attachmentIds: [id] },
      })
    ).status;
  const [file, ofTeam, unsaid] = [await keep('a.txt'), await keep('b.txt'), await keep('c.txt')];
  expect([await say(all.colleagues.id, file), await say(all.teams.id, ofTeam)]).toEqual([201, 201]);
  const read = async (who: AgentClient, id: string) => {
    const { status, text } = await as(who, 'GET', `/api/v1/attachments/${id}/x.txt`);
    return status === 200 ? text : status;
  };
  expect(await read(ana, file)).toBe('a.txt');
  await allow('own-and-teams');
  const refused = await as(ana, 'GET', `/api/v1/attachments/${file}/x.txt`);
  expect(refused.body).toMatchObject({ status: 404, code: 'attachment.not-found' });
  expect([await read(budi, file), await read(susi, file)]).toEqual(['a.txt', 'a.txt']);
  expect([await read(ana, ofTeam), await read(budi, unsaid)]).toEqual(['b.txt', 'c.txt']);
  // Said again where she sees it, long after.
  await usher.database.pool.query('update attachment set said = true where attachment_id = $1', [
    file,
  ]);
  await usher.clock.advance(9 * 86_400_000);
  expect(await say(all.teams.id, file)).toBe(201);
  expect(await read(ana, file)).toBe('a.txt');
});

test('hints tell an agent only of what the agent may see, and of what has just left the sight', async () => {
  const { usher, budi, ana, susi, all, allow, give } = await begin();
  await allow('own-and-teams');
  const hinted = (who: AgentClient, id: string) =>
    who.heard.some(
      ({ topic, body }) =>
        topic.endsWith('/changes') && body.changed.some((one: { id: string }) => one.id === id),
    );
  const forget = () => {
    for (const who of [ana, budi, susi]) who.heard.length = 0;
  };
  const say = ({ visitor }: (typeof all)[Name], content: string) =>
    visitor.say(`${visitor.session.sessionTopic}/server/messages`, { content });
  // Told once the setting has reached those who are connected.
  await eventually(
    async () => {
      forget();
      await say(all.colleagues, crypto.randomUUID());
      await eventually(() => hinted(budi, all.colleagues.id), Boolean);
      await say(all.hers, crypto.randomUUID());
      await eventually(() => hinted(ana, all.hers.id), Boolean);
      return hinted(ana, all.colleagues.id);
    },
    (isTold) => !isTold,
  );
  expect(hinted(susi, all.colleagues.id)).toBe(true);
  expect(hinted(budi, all.hers.id)).toBe(false);
  forget();
  await give(all.free.id, budi);
  await eventually(() => hinted(ana, all.free.id), Boolean);
  // It was for a team of hers.
  const glue = await makeId(usher, '/api/v1/teams', { name: 'Glue' });
  const toGlue = { body: { teamId: glue } };
  await usher.call('POST', `/api/v1/conversations/${all.teams.id}/transfer`, toGlue);
  await eventually(() => hinted(ana, all.teams.id), Boolean);
  expect(hinted(ana, all.colleagues.id)).toBe(false);
});

test('below a conversation that is not there, nothing is found either', async () => {
  const { usher, ana, as } = await begin();
  // An agent's events are not a conversation's.
  const nowhere = ['00000000-0000-7000-8000-000000000000', ana.agentId];
  for (const id of nowhere) {
    const path = `/api/v1/conversations/${id}`;
    for (const below of ['', '/messages', '/events', '/decisions']) {
      const { body } = await usher.call('GET', `${path}${below}`);
      expect(body, below).toMatchObject({ status: 404, code: 'conversation.not-found' });
    }
    const read = await as(ana, 'POST', `${path}/read`, { upToSeq: 1 });
    expect(read.body).toMatchObject({ status: 404, code: 'conversation.not-found' });
  }
});
