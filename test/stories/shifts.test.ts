// Shifts come as JSON or as a file; what is wrong is said at its line, and nothing is half-done.
import { expect, test } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import type { Shift, ShiftCsvResult, ShiftsReplaced } from '../../src/contract/shifts.ts';
import type { Status } from '../../src/contract/statuses.ts';
import { addPerson } from '../makers/browse.ts';
import { startTestUsher } from '../makers/start-test-usher.ts';

async function begin() {
  const usher = await startTestUsher();
  const lunch = (await usher.call('POST', '/api/v1/statuses', { body: { name: 'Lunch' } }))
    .body as Status;
  const addAgent = async (name: string, email: string) =>
    (await usher.call('POST', '/api/v1/agents', { body: { name, email } })).body as Agent;
  const ana = await addAgent('Ana', 'ana@example.com');
  const budi = await addAgent('Budi', 'budi@example.com');
  const upload = async (csv: string | Uint8Array, query: Record<string, string> = {}) => {
    const search = new URLSearchParams({ timeZone: 'Europe/Berlin', ...query });
    const response = await fetch(`${usher.url}/api/v1/shifts.csv?${search}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${usher.token}`, 'content-type': 'text/csv' },
      body: csv,
    });
    return {
      status: response.status,
      body: (await response.json()) as ShiftCsvResult & { detail: string },
    };
  };
  const list = async (from = '2026-01-01T00:00:00Z', to = '2026-04-01T00:00:00Z') => {
    const query = new URLSearchParams({ from, to });
    const { body } = await usher.call('GET', `/api/v1/shifts?${query}`);
    return (body as { items: Shift[] }).items.map(({ agentId, start, end, expects, statusId }) => [
      agentId === ana.id ? 'Ana' : 'Budi',
      start.slice(5, 16),
      end.slice(5, 16),
      statusId === lunch.id ? 'Lunch' : expects,
    ]);
  };
  const put = (body: object) => usher.call('PUT', '/api/v1/shifts', { body });
  return { usher, lunch, ana, budi, upload, list, put };
}

const DAY = `agent,start,end,status
ana@example.com,2026-03-02 09:00,2026-03-02 17:00,
Ana,2026-03-02 12:00,2026-03-02 12:30,lunch
BUDI,2026-03-02T22:00,2026-03-03T06:00,online
`;

test('a file replaces whole days of those in it, and a break cuts a shift in two', async () => {
  const { upload, list } = await begin();
  const checked = await upload(DAY, { check: 'true' });
  expect(checked.body).toMatchObject({
    agents: 2,
    added: 4,
    faults: [],
    from: '2026-03-01T23:00:00.000Z',
    to: '2026-03-02T23:00:00.000Z',
  });
  expect(checked.body.shifts[1]).toMatchObject({ line: 3, agentName: 'Ana', status: 'Lunch' });
  expect(await list()).toEqual([]);
  expect((await upload(DAY)).body).toMatchObject({ removed: 0, added: 4 });
  const whole = [
    ['Ana', '03-02T08:00', '03-02T11:00', 'online'],
    ['Ana', '03-02T11:00', '03-02T11:30', 'Lunch'],
    ['Ana', '03-02T11:30', '03-02T16:00', 'online'],
    ['Budi', '03-02T21:00', '03-03T05:00', 'online'],
  ];
  expect(await list()).toEqual(whole);
  // Again, and only of Ana: Budi's stay. Semicolons and a byte-order mark are what spreadsheets write.
  const late = '\ufeffStart;End;Agent\r\n2026-03-02 10:00;2026-03-02 11:00;Ana\r\n';
  expect((await upload(late)).body).toMatchObject({ removed: 3, added: 1 });
  expect(await list()).toEqual([['Ana', '03-02T09:00', '03-02T10:00', 'online'], whole[3]]);
});

test.each([
  ['no header', 'Ana,2026-03-02 09:00,2026-03-02 17:00', 1, 'header-missing'],
  [
    'an unknown column',
    'agent,start,end,team\nAna,2026-03-02 09:00,2026-03-02 17:00,x',
    1,
    'column-unknown',
  ],
  ['a column twice', 'agent,start,end,end\nAna,a,b,c', 1, 'column-twice'],
  ['nothing', 'agent,start,end\n\n', null, 'empty'],
  [
    'no such agent',
    'agent,start,end\n\nCinta,2026-03-02 09:00,2026-03-02 17:00',
    3,
    'agent-unknown',
  ],
  ['a formula', 'agent,start,end\n"=cmd|x",2026-03-02 09:00,2026-03-02 17:00', 2, 'agent-unknown'],
  ['no time', 'agent,start,end\nAna,2 March,2026-03-02 17:00', 2, 'time-unreadable'],
  ['no such date', 'agent,start,end\nAna,2026-02-30 09:00,2026-02-30 17:00', 2, 'time-unreadable'],
  [
    'a time that the clocks skip',
    'agent,start,end\nAna,2026-03-29 02:30,2026-03-29 09:00',
    2,
    'time-left-out',
  ],
  [
    'a time that they show twice',
    'agent,start,end\nAna,2026-10-25 02:30,2026-10-25 09:00',
    2,
    'time-twice',
  ],
  [
    'an end before the start',
    'agent,start,end\nAna,2026-03-02 22:00,2026-03-02 06:00',
    2,
    'end-before-start',
  ],
  ['more than a day', 'agent,start,end\nAna,2026-03-02 09:00,2026-03-03 09:01', 2, 'too-long'],
  [
    'no such status',
    'agent,start,end,status\nAna,2026-03-02 09:00,2026-03-02 17:00,Nap',
    2,
    'status-unknown',
  ],
  [
    'two that overlap',
    'agent,start,end\nAna,2026-03-02 09:00,2026-03-02 17:00\nAna,2026-03-02 16:00,2026-03-02 18:00',
    3,
    'overlaps',
  ],
  [
    'a decade between',
    'agent,start,end\nAna,2026-03-02 09:00,2026-03-02 17:00\nAna,2036-03-02 16:00,2036-03-02 18:00',
    null,
    'span-too-long',
  ],
  ['an open quote', 'agent,start,end\n"Ana,2026-03-02 09:00,2026-03-02 17:00', 2, 'unreadable'],
  ['a line without end', `agent,start,end\n${'x'.repeat(9000)}`, 2, 'unreadable'],
  [
    'too many',
    `agent,start,end\n${'Ana,2026-03-02 09:00,2026-03-02 17:00\n'.repeat(10_001)}`,
    null,
    'too-many',
  ],
])(
  'a file with %s is refused at its line, with a remedy, and changes nothing',
  async (_, csv, line, code) => {
    const { upload, list } = await begin();
    await upload(DAY);
    const before = await list();
    const checked = await upload(csv, { check: 'true' });
    expect(checked.status).toBe(200);
    const [fault] = checked.body.faults;
    expect(fault).toMatchObject({ line, code });
    expect(fault?.text.length).toBeGreaterThan(20);
    const refused = await upload(csv);
    expect(refused.status).toBe(400);
    expect(refused.body.detail).toContain(fault?.text);
    expect(await list()).toEqual(before);
  },
);

test('what is no text in UTF-8 is refused', async () => {
  const { upload } = await begin();
  const latin = new Uint8Array([...new TextEncoder().encode('agent,start,end\nJos'), 0xe9]);
  expect((await upload(latin, { check: 'true' })).body.faults[0]).toMatchObject({
    code: 'unreadable',
  });
  expect(
    (await upload('agent,start,end\nA\u0000na,x,y', { check: 'true' })).body.faults[0],
  ).toMatchObject({ code: 'unreadable' });
});

test('at most fifty faults are told', async () => {
  const { upload } = await begin();
  const csv = `agent,start,end\n${'Cinta,x,y\n'.repeat(200)}`;
  expect((await upload(csv, { check: 'true' })).body.faults).toHaveLength(50);
});

test('by the API, agents without shifts are emptied, and what overlaps the days before is refused', async () => {
  const { ana, budi, lunch, put, list } = await begin();
  const span = { from: '2026-03-02T00:00:00Z', to: '2026-03-03T00:00:00Z' };
  const night = { agentId: ana.id, start: '2026-03-02T22:00:00Z', end: '2026-03-03T06:00:00Z' };
  const both = [night, { ...night, agentId: budi.id }];
  expect((await put({ ...span, shifts: both })).body as ShiftsReplaced).toMatchObject({
    agents: 2,
    added: 2,
  });
  const next = { from: '2026-03-03T00:00:00Z', to: '2026-03-04T00:00:00Z' };
  const early = { agentId: ana.id, start: '2026-03-03T05:00:00Z', end: '2026-03-03T07:00:00Z' };
  expect((await put({ ...next, shifts: [early] })).status).toBe(409);
  expect(await list()).toHaveLength(2);
  expect((await put({ ...span, agentIds: [budi.id], shifts: [] })).body).toMatchObject({
    removed: 1,
    added: 0,
  });
  expect(await list()).toEqual([['Ana', '03-02T22:00', '03-03T06:00', 'online']]);
  const refused = async (body: object) => (await put({ ...span, ...body })).status;
  expect(await refused({ shifts: [{ ...night, agentId: lunch.id }] })).toBe(404);
  expect(await refused({ shifts: [{ ...night, statusId: ana.id }] })).toBe(404);
  expect(await refused({ shifts: [{ ...night, statusId: lunch.id, expects: 'online' }] })).toBe(
    400,
  );
  expect(await refused({ shifts: [night], agentIds: [budi.id] })).toBe(400);
  expect(await refused({ shifts: [early] })).toBe(400);
  expect(await refused({ to: '2027-03-03T00:00:00Z', shifts: [night] })).toBe(400);
});

test.each([
  ['9999-12-31 20:00', '9999-12-31 23:59'],
  ['0000-01-01T00:00+14:00', '0000-01-01T08:00+14:00'],
  ['2126-03-02 09:00', '2126-03-02 17:00'],
])('a year that nobody plans is refused by both doors: %s', async (start, end) => {
  const { upload, list, put, ana } = await begin();
  const file = `agent,start,end\nAna,${start},${end}\n`;
  expect((await upload(file, { check: 'true' })).body.faults).toMatchObject([
    { line: 2, code: 'time-unreadable' },
  ]);
  expect((await upload(file)).status).toBe(400);
  const inUtc = (time: string) => `${time.slice(0, 10)}T${time.slice(11, 16)}:00Z`;
  const shifts = [{ agentId: ana.id, start: inUtc(start), end: inUtc(end) }];
  const whole = { from: inUtc(start), to: inUtc(end), shifts };
  expect((await put(whole)).status).toBe(400);
  expect(await list()).toEqual([]);
});

test('agents read their own shifts alone, and change none', async () => {
  const { usher, ana } = await begin();
  const cinta = await addPerson(usher, {
    name: 'Cinta',
    email: 'cinta@example.com',
    role: 'agent',
  });
  const span = { from: '2026-03-02T00:00:00Z', to: '2026-03-03T00:00:00Z' };
  const night = { start: '2026-03-02T22:00:00Z', end: '2026-03-03T06:00:00Z' };
  const shifts = [ana.id, cinta.agentId].map((agentId) => ({ agentId, ...night }));
  await usher.call('PUT', '/api/v1/shifts', { body: { ...span, shifts } });
  const query = new URLSearchParams(span);
  const mine = await cinta.browser.send('GET', `/api/v1/shifts?${query}`);
  expect((mine.body as { items: Shift[] }).items.map(({ agentId }) => agentId)).toEqual([
    cinta.agentId,
  ]);
  const other = await cinta.browser.send('GET', `/api/v1/shifts?${query}&agentId=${ana.id}`);
  expect(other.status).toBe(403);
  const put = await cinta.browser.send('PUT', '/api/v1/shifts', { body: { ...span, shifts } });
  expect(put.status).toBe(403);
});
