// Reports, the export and the audit log, through the API.
import { expect, test } from 'vitest';
import type { Report } from '../../src/contract/reports.ts';
import { addPerson } from '../makers/browse.ts';
import { makePlace } from '../makers/make-place.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';

async function aDay(usher: TestUsher) {
  const { open, say, channelId } = await makePlace(usher);
  const { agentId, browser } = await addPerson(usher, {
    name: '=Ana',
    email: 'ana@example.com',
    role: 'supervisor',
  });
  const act = (id: string, verb: string, body: object = {}) =>
    browser.send('POST', `/api/v1/conversations/${id}/${verb}`, { body });
  const [answered, left, waiting] = [await open(), await open(), await open()];
  await say(answered, 'hello');
  await act(answered, 'assign', { agentId });
  await act(answered, 'messages', { text: 'good morning' });
  await act(answered, 'messages', { text: 'how can I help?' });
  await act(answered, 'close');
  await act(left, 'close');
  await usher.database.pool.query(
    'update conversation set rating_score = 4, rated_at = now() where conversation_id = $1',
    [answered],
  );
  return { browser, agentId, channelId, answered, left, waiting };
}

const span = () => {
  const day = 86_400_000;
  return {
    from: new Date(Date.now() - day).toISOString(),
    to: new Date(Date.now() + day).toISOString(),
  };
};

const ask = (usher: TestUsher, query: Record<string, string>, path = 'reports') =>
  usher.call('GET', `/api/v1/${path}?${new URLSearchParams({ ...span(), ...query })}`);

test('a report counts what happened, by day, by agent, by channel', async () => {
  const usher = await startTestUsher();
  const { agentId, channelId } = await aDay(usher);
  const byAgent = (await ask(usher, { by: 'agent' })).body as Report;
  const counts = { opened: 3, assigned: 1, closed: 2, abandoned: 1, messagesIn: 1, messagesOut: 2 };
  expect(byAgent.totals).toMatchObject({ ...counts, ratingAverage: 4, ratings: 1 });
  expect(byAgent.rows).toMatchObject([
    { key: agentId, label: '=Ana', assigned: 1, closed: 1, abandoned: 0, messagesOut: 2 },
    { key: 'none', label: null, assigned: 0, closed: 1, abandoned: 1 },
  ]);
  const byDay = (await ask(usher, { timeZone: 'Asia/Jakarta' })).body as Report;
  expect(byDay.rows).toHaveLength(3);
  expect(byDay.totals).toEqual(byAgent.totals);
  expect(byDay.rows.reduce((sum, { opened }) => sum + opened, 0)).toBe(3);
  const byHour = (await ask(usher, { by: 'hour' })).body as Report;
  expect(byHour.rows.map(({ label }) => label).slice(0, 2)).toEqual(['00:00', '01:00']);
  expect(byHour.rows).toHaveLength(24);
  const other = { by: 'channel', channelId: agentId };
  expect(((await ask(usher, other)).body as Report).totals.opened).toBe(0);
  const mine = (await ask(usher, { by: 'channel', channelId })).body as Report;
  expect(mine.rows).toMatchObject([{ key: channelId, label: 'webchat', ...counts }]);
});

test('as CSV it is the same, and a name that is a formula is text', async () => {
  const usher = await startTestUsher();
  const { agentId } = await aDay(usher);
  const { status, text } = await ask(usher, { by: 'agent' }, 'reports.csv');
  const [head, ana, none, total] = text.split('\r\n');
  expect(status).toBe(200);
  expect(head).toMatch(/^key,label,opened,assigned,closed,abandoned,waitSecondsP50,/);
  expect(ana).toMatch(new RegExp(`^${agentId},'=Ana,`));
  expect(none).toMatch(/^none,,/);
  expect(total).toMatch(/^total,,3,1,2,1,/);
});

test('a span or a zone that makes no sense is refused in words', async () => {
  const usher = await startTestUsher();
  const say = async (query: Record<string, string>) =>
    ((await ask(usher, query)).body as { detail: string }).detail;
  expect(await say({ to: '2020-01-01T00:00:00Z' })).toBe('to must be later than from.');
  expect(await say({ from: '2020-01-01T00:00:00Z' })).toBe('A report spans 400 days at most.');
  expect(await say({ timeZone: 'Mars/Base' })).toContain('Asia/Jakarta');
  expect(await say({ by: 'moon' })).toContain('must be one of: day, hour, agent, team, channel');
});

test('the export holds every conversation of the span with all that was said', async () => {
  const usher = await startTestUsher();
  const { answered, left, waiting } = await aDay(usher);
  const { pool } = usher.database;
  await pool.query(
    `insert into message (workspace_id, conversation_id, seq, message_id, kind, author_kind, text, created_at)
    select workspace_id, conversation_id, 100 + n, gen_random_uuid(), 'text', 'contact', 'line "' || n || E'"\\n', now()
    from conversation, generate_series(1, 1201) n where conversation_id = $1`,
    [left],
  );
  const { text } = await ask(usher, {}, 'export');
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ id, messages }) => [id, messages.length])).toEqual([
    [answered, 3],
    [left, 1201],
    [waiting, 0],
  ]);
  expect(lines[0]).toMatchObject({ state: 'closed', contact: { name: 'Sari' } });
  expect(lines[0].messages[1]).toMatchObject({ seq: 2, authorKind: 'agent', text: 'good morning' });
  const before = { from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' };
  expect((await ask(usher, before, 'export')).text).toBe('');
  const { items } = (await usher.call('GET', '/api/v1/audit')).body as { items: object[] };
  expect(items[0]).toMatchObject({ action: 'workspace.exported', objectKind: 'workspace' });
});

test('settings are changed piece by piece, on record, and not to what cannot be', async () => {
  const usher = await startTestUsher({ MAIN_PAGE_TITLE: 'Help desk' });
  const change = (body: object) => usher.call('PATCH', '/api/v1/settings', { body });
  const closeForm = [
    { name: 'topic', label: 'Topic', type: 'select', options: ['a'], required: true },
  ];
  expect((await change({ closeForm, branding: { onlineLabel: 'Here' } })).body).toEqual({
    agentsSee: 'everything',
    ...{
      assistance: true,
      assistanceMasks: true,
      assistanceNotes: false,
      assistanceReplies: false,
      asleepAnswerSeconds: null,
      pushTexts: false,
    },
    defaultCapacity: 2,
    ...{ defaultLimits: {}, defaultPace: 0, defaultWrapUp: 0 },
    closeForm,
    onlySingleSignOn: false,
    secondFactorRoles: [],
    auditRetentionDays: null,
    statisticsBaseEndpoint: null,
    statisticsTimeZone: 'UTC',
    statisticsStyle: 'default',
    retentionDays: null,
    branding: {
      pageTitle: 'Help desk',
      loginTitle: null,
      logoUrl: null,
      favIconUrl: null,
      language: null,
      onlineLabel: 'Here',
      offlineLabel: null,
    },
  });
  await change({ branding: { offlineLabel: 'Gone' } });
  expect((await change({ defaultCapacity: 4 })).body).toMatchObject({
    defaultCapacity: 4,
    closeForm,
    branding: { onlineLabel: 'Here', offlineLabel: 'Gone' },
  });
  for (const body of [
    { statisticsTimeZone: 'nowhere' },
    { statisticsBaseEndpoint: 'http://127.0.0.1/' },
    { statisticsBaseEndpoint: 'ftp://example.com' },
    { closeForm: [...closeForm, ...closeForm] },
    { closeForm: [{ ...closeForm[0], options: undefined }] },
  ]) {
    expect(await change(body)).toMatchObject({ status: 400, body: { code: 'settings.invalid' } });
  }
  const { items } = (await usher.call('GET', '/api/v1/audit')).body as { items: object[] };
  expect(items).toHaveLength(3);
  expect(items[0]).toMatchObject({ action: 'settings.updated', change: { defaultCapacity: 4 } });
});
