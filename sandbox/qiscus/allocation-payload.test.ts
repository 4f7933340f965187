// The bodies of both webhooks in each generation (protocols/qiscus.md §4).
import { expect, test } from 'vitest';
import type { Switches } from './switches.ts';
import { type Arrival, makeRoom, receiveHooks, startOutsider } from './test-outsiders.ts';

type Generation = Switches['hookGeneration'];

/** What arrives when a customer writes, is resolved by an admin, and writes again. */
async function hearAll(switches: Partial<Switches>): Promise<[Arrival, Arrival, Arrival]> {
  const outsider = await startOutsider(switches);
  const { qiscus } = outsider;
  const arrivals = await receiveHooks(qiscus);
  qiscus.addAgent({ name: 'Ana' });
  const roomId = makeRoom(outsider);
  await qiscus.idle();
  qiscus.resolveByHand({ roomId });
  await qiscus.idle();
  qiscus.customerMessage({ roomId, userId: 'c', name: 'C', text: 'Back', extras: null });
  await qiscus.idle();
  expect(arrivals).toHaveLength(3);
  return arrivals as [Arrival, Arrival, Arrival];
}

test('2025: the app twice, the channel, and the session before as an object', async () => {
  const [first, resolve, back] = await hearAll({});
  expect(first.payload).toMatchObject({
    app_code: first.payload.app_id,
    channel: { id: 101, name: 'Web chat', source: 'qiscus' },
    candidate_agent: null,
    is_new_session: true,
    is_resolved: false,
    latest_service: null,
    room_id: expect.stringMatching(/^\d+$/),
  });
  expect(JSON.parse(String(first.payload.extras))).toHaveProperty('user_properties');
  expect(resolve.payload).toMatchObject({ app_code: first.payload.app_id, channel: { id: 101 } });
  const session = resolve.payload.service as { id: number };
  expect(back.payload).toMatchObject({
    is_new_session: true,
    extras: null,
    latest_service: { id: session.id, is_resolved: true, room_id: first.payload.room_id },
  });
});

test.each<[Generation, Record<string, unknown>, string[]]>([
  [2019, { is_resolved: true }, ['app_code', 'channel', 'is_new_session']],
  [2021, { is_resolved: false, is_new_session: true }, ['app_code', 'channel']],
  [2024, { is_resolved: false, is_new_session: true }, ['app_code', 'channel']],
])('%i: what it says and what it does not know yet', async (hookGeneration, has, lacks) => {
  const [first, resolve] = await hearAll({ hookGeneration });
  expect(first.payload).toMatchObject(has);
  for (const field of lacks) expect(first.payload).not.toHaveProperty(field);
  expect(resolve.payload).not.toHaveProperty('app_code');
});

test('2019 escapes slashes, later generations do not', async () => {
  const [old] = await hearAll({ hookGeneration: 2019 });
  expect(old.text).toContain('https:\\/\\/');
  const [later] = await hearAll({ hookGeneration: 2021 });
  expect(later.text).toContain('https://');
});

test.each<[Generation, RegExp]>([
  [2021, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/],
  [2025, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/],
])('%i writes times in its own way', async (hookGeneration, pattern) => {
  const [, , back] = await hearAll({ hookGeneration });
  expect(back.payload.latest_service).toMatchObject({
    resolved_at: expect.stringMatching(pattern),
  });
});

test('a resolve names whoever clicked; the last comment is text or, in old ones, a number', async () => {
  const [, resolve] = await hearAll({});
  expect(resolve.path).toBe('/resolve');
  expect(resolve.payload).toMatchObject({
    customer: { user_id: expect.any(String), additional_info: [] },
    resolved_by: { id: 162_787, type: 'admin' },
    service: { is_resolved: true, notes: null, last_comment_id: expect.stringMatching(/^\d+$/) },
  });
  const [, old] = await hearAll({ hookGeneration: 2021 });
  expect(old.payload).toMatchObject({ service: { last_comment_id: expect.any(Number) } });
});

test('candidateAgent names the most loaded agent, or one who is away, or nobody', async () => {
  const outsider = await startOutsider();
  const { qiscus } = outsider;
  const [busy, away] = [
    qiscus.addAgent({ name: 'Busy' }),
    qiscus.addAgent({ name: 'Away', available: false }),
  ];
  qiscus.assignByHand({ roomId: makeRoom(outsider), agentId: busy.id });
  const arrivals = await receiveHooks(qiscus);
  for (const candidate of [null, 'full', 'offline'] as const) {
    qiscus.switches.candidateAgent = candidate;
    makeRoom(outsider);
    await qiscus.idle();
  }
  expect(arrivals.map(({ payload }) => payload.candidate_agent)).toMatchObject([
    null,
    { id: busy.id, is_available: true },
    { id: away.id, is_available: false },
  ]);
});

test('the candidate of 2019 brings a token and rules, 2021 has fourteen fields, 2024 has none', async () => {
  const candidateOf = async (hookGeneration: Generation) =>
    (await hearAll({ hookGeneration, candidateAgent: 'full' }))[0].payload.candidate_agent;
  expect(await candidateOf(2019)).toMatchObject({
    authentication_token: expect.any(String),
    assigned_rules: [],
  });
  expect(Object.keys((await candidateOf(2021)) as object)).toHaveLength(14);
  expect(await candidateOf(2024)).toBeNull();
});
