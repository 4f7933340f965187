// The lab through its doors: a run from start to end, cancelled, refused, bounded, lost by a restart; a scenario measured from records.
// biome-ignore-all lint/suspicious/noThenProperty: the name is part of the public document.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Measured, SimulationRun } from '../../src/contract/lab.ts';
import { defaultPolicy } from '../../src/contract/policy/policy.ts';
import type { Scenario } from '../../src/contract/scenario.ts';
import { readScenario } from '../../src/simulation/read-scenario.ts';
import { BEGINS_AT, finish, runScenario } from '../../src/simulation/run-scenario.ts';
import { addPerson } from '../makers/browse.ts';
import { makePlace } from '../makers/make-place.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';

const shop = JSON.parse(readFileSync('examples/scenarios/shop.json', 'utf8')) as Scenario;
const PATH = '/api/v1/simulations';
const codeOf = ({ body }: { body: unknown }) => (body as { code: string }).code;

const post = (usher: TestUsher, scenario: object) =>
  usher.call('POST', PATH, { body: { scenario } });
const get = (usher: TestUsher, id: string) => usher.call('GET', `${PATH}/${id}`);

async function begin(usher: TestUsher, scenario: object): Promise<string> {
  const { status, body } = await post(usher, scenario);
  expect(status).toBe(202);
  return (body as SimulationRun).id;
}

const look = async (usher: TestUsher, id: string) => (await get(usher, id)).body as SimulationRun;
const untilState = (usher: TestUsher, id: string, states: readonly string[]) =>
  eventually(
    () => look(usher, id),
    ({ state }) => states.includes(state),
  );

/** Takes far longer than a test waits. */
const long = { ...shop, arrivals: 1_000_000 };

test('a run comes to what the same scenario comes to anywhere else', async () => {
  const usher = await startTestUsher();
  const scenario = { ...shop, arrivals: 5000 };
  const done = await untilState(usher, await begin(usher, scenario), ['done', 'failed']);
  const read = readScenario(scenario, BEGINS_AT);
  if (read.scenario === null) throw new Error('the shop cannot be read');
  const figures = finish(runScenario(read.scenario, read.policy));
  expect(done).toMatchObject({ state: 'done', progress: 1, faults: [], problem: null });
  const { wallSeconds, ...result } = done.result ?? { wallSeconds: 0 };
  expect(wallSeconds).toBeGreaterThan(0);
  expect(result).toEqual(JSON.parse(JSON.stringify(figures)));
});

test('several runs are on the seeds that follow, and each figure has its interval over them', async () => {
  const usher = await startTestUsher();
  const scenario = { ...shop, arrivals: 2000 };
  const body = { scenario, runs: 3 };
  const { body: begun } = await usher.call('POST', PATH, { body });
  const done = await untilState(usher, (begun as SimulationRun).id, ['done', 'failed']);
  const waits = [0, 1, 2].map((nth) => {
    const read = readScenario({ ...scenario, seed: (shop.seed ?? 1) + nth }, BEGINS_AT);
    if (read.scenario === null) throw new Error('the shop cannot be read');
    return finish(runScenario(read.scenario, read.policy)).whole?.meanWait ?? 0;
  });
  const mean = waits.reduce((sum, one) => sum + one, 0) / 3;
  const variance = waits.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 2;
  const { repeated, kinds } = done.result ?? {};
  expect(repeated?.runs).toBe(3);
  // Student's t of two degrees of freedom.
  const wanted = {
    mean: expect.closeTo(mean, 6),
    ci: expect.closeTo(4.3027 * Math.sqrt(variance / 3), 2),
  };
  expect(repeated?.whole?.meanWait).toEqual(wanted);
  expect(Object.keys(repeated?.kinds ?? {})).toEqual(Object.keys(kinds ?? {}));
  for (const runs of [0, 21, 1.5, 'many']) {
    const refused = await usher.call('POST', PATH, { body: { scenario, runs } });
    expect([refused.status, codeOf(refused)]).toEqual([400, 'request.invalid']);
  }
  const much = { body: { scenario: { ...shop, arrivals: 400_000 }, runs: 3 } };
  const { id } = (await usher.call('POST', PATH, much)).body as SimulationRun;
  const failed = await untilState(usher, id, ['failed', 'done']);
  expect(failed.faults[0]).toMatchObject({ path: '/arrivals', code: 'scenario.too-many-arrivals' });
});

test('what is wrong with a scenario is said by its run, each fault with its place', async () => {
  const usher = await startTestUsher();
  const wrong = [
    { scenario: { ...shop, arivals: 1 }, path: '/arivals' },
    { scenario: { ...shop, arrivals: 1_000_001 }, path: '/arrivals' },
    { scenario: { ...shop, policy: { strategy: 'best' } }, path: '/policy/strategy' },
    { scenario: { ...shop, kinds: [] }, path: '/kinds' },
  ];
  for (const { scenario, path } of wrong) {
    const run = await untilState(usher, await begin(usher, scenario), ['failed', 'done']);
    expect(run).toMatchObject({ state: 'failed', problem: 'faulty', result: null });
    expect(run.faults.map((fault) => fault.path)).toContain(path);
  }
  const none = await usher.call('POST', PATH, { body: { scenario: 'shop' } });
  expect([none.status, codeOf(none)]).toEqual([400, 'request.invalid']);
});

test('a run tells its progress, and ends within a second when it is cancelled', async () => {
  const usher = await startTestUsher();
  const id = await begin(usher, long);
  const { progress } = await eventually(
    () => look(usher, id),
    (run) => run.progress > 0,
  );
  expect(progress).toBeLessThan(1);
  const next = await begin(usher, { ...shop, arrivals: 500 });
  expect((await look(usher, next)).state).toBe('waiting');
  const asked = performance.now();
  expect((await usher.call('DELETE', `${PATH}/${id}`)).status).toBe(204);
  // The answer comes when the thread is gone.
  expect(performance.now() - asked).toBeLessThan(1000);
  expect((await look(usher, id)).state).toBe('cancelled');
  // Its place went to who waited.
  await untilState(usher, next, ['done']);
  // What has ended is forgotten.
  expect((await usher.call('DELETE', `${PATH}/${id}`)).status).toBe(204);
  expect(codeOf(await get(usher, id))).toBe('simulation.not-found');
});

test('one runs, four wait, and the next is refused until one is ended', async () => {
  const usher = await startTestUsher();
  const ids = [];
  for (let nth = 0; nth < 5; nth += 1) ids.push(await begin(usher, long));
  const states = await Promise.all(ids.map(async (id) => (await look(usher, id)).state));
  expect(states).toEqual(['running', ...Array(4).fill('waiting')]);
  const refused = await post(usher, long);
  expect([refused.status, codeOf(refused)]).toEqual([429, 'simulation.too-many']);
  await usher.call('DELETE', `${PATH}/${ids[4]}`);
  await begin(usher, long);
});

test('a restart loses the runs, and says so', async () => {
  const first = await startTestUsher();
  const id = await begin(first, { ...shop, arrivals: 500 });
  await untilState(first, id, ['done']);
  const running = await begin(first, long);
  const began = performance.now();
  await first.stop();
  expect(performance.now() - began).toBeLessThan(10_000);
  const second = await startTestUsher({ DATABASE_URL: first.database.url });
  for (const lost of [id, running]) {
    const answer = await get(second, lost);
    expect([answer.status, codeOf(answer)]).toEqual([404, 'simulation.not-found']);
    expect((answer.body as { detail: string }).detail).toContain('restart');
  }
});

test('supervisors simulate and measure; agents do neither', async () => {
  const usher = await startTestUsher();
  const supervisor = await addPerson(usher, {
    ...{ name: 'Sri', email: 'sri@example.com', role: 'supervisor' },
  });
  const agent = await addPerson(usher, {
    ...{ name: 'Ana', email: 'ana@example.com', role: 'agent' },
  });
  const ask = { body: { scenario: { ...shop, arrivals: 500 } } };
  const begun = await supervisor.browser.send('POST', PATH, ask);
  expect(begun.status).toBe(202);
  expect((await agent.browser.send('POST', PATH, ask)).status).toBe(403);
  const { id } = (await usher.call('POST', PATH, ask)).body as SimulationRun;
  expect((await agent.browser.send('GET', `${PATH}/${id}`)).status).toBe(403);
});

const HOUR = 3_600_000;

/** Ten of a team with a skill: six served after a minute for two, three left after half a minute, one waits. */
async function record(usher: TestUsher) {
  const { open, channelId } = await makePlace(usher);
  const { call, database } = usher;
  const made = async (path: string, body: object) =>
    ((await call('POST', `/api/v1/${path}`, { body })).body as { id: string }).id;
  const teamId = await made('teams', { name: 'Billing' });
  const skillId = await made('skills', { name: 'refunds' });
  const ids = [];
  for (let nth = 0; nth < 10; nth += 1) {
    const id = await open();
    ids.push(id);
    const came = `now() - interval '30 minutes'`;
    await database.pool.query(
      `update conversation set team_id = $2, skill_ids = array[$3::uuid], skill_levels = '{2}', queued_at = ${came},
        state = case when $4 < 9 then 'closed' else state end,
        closed_at = case when $4 < 6 then ${came} + interval '3 minutes' when $4 < 9 then ${came} + interval '30 seconds' end
      where conversation_id = $1`,
      [id, teamId, skillId, nth],
    );
  }
  const agentId = await made('agents', {
    ...{ name: 'Ana', capacity: 3, availability: 'online', teamIds: [teamId] },
    ...{ skillIds: [skillId], skillLevels: { [skillId]: 4 } },
  });
  for (const id of ids.slice(0, 6)) {
    await database.pool.query(
      `insert into assignment (workspace_id, conversation_id, assignment_id, agent_id, weight, state, assigned_by, assigned_at, ended_at)
      select workspace_id, conversation_id, gen_random_uuid(), $2, 1, 'ended', 'router', queued_at + interval '1 minute', closed_at
      from conversation where conversation_id = $1`,
      [id, agentId],
    );
  }
  return { channelId };
}

const measure = (usher: TestUsher, more: object = {}) => {
  const now = Date.now();
  return usher.call('POST', `${PATH}/measure`, {
    body: {
      from: new Date(now - HOUR).toISOString(),
      until: new Date(now + 60_000).toISOString(),
      ...more,
    },
  });
};

test('as recorded, each comes at their moment and each agent is there when they were, beside what happened', async () => {
  const usher = await startTestUsher();
  await record(usher);
  const { status, body, text } = await measure(usher, { asRecorded: true });
  expect(status, text).toBe(200);
  const { scenario, beginsAt = '', happened } = body as Measured & { scenario: Scenario };
  const begins = new Date(beginsAt);
  expect([begins.getUTCDay(), begins.getTime() % (24 * HOUR)]).toEqual([1, 0]);
  const { recorded = [] } = scenario.kinds[0] ?? {};
  expect(recorded).toHaveLength(10);
  const came = begins.getTime() + (recorded[0] ?? 0) * 1000;
  expect(Math.abs(Date.now() - HOUR / 2 - came)).toBeLessThan(60_000);
  const [ana] = scenario.agents;
  expect(ana).toMatchObject({ name: 'Ana', capacity: 3, shiftsEvery: 'week' });
  const [shift] = ana?.shifts ?? [];
  expect(shift?.from).toBeGreaterThan(recorded[9] ?? Number.POSITIVE_INFINITY);
  // Six after a minute, three left after half of one, one waited for half an hour.
  expect(happened).toMatchObject({ arrived: 10, abandonedShare: 0.3 });
  expect(happened?.meanWait).toBeGreaterThan((6 * 60 + 3 * 30) / 10 + 100);
  expect(readScenario(scenario, BEGINS_AT).faults ?? []).toEqual([]);
  const long = { from: '2026-11-01T00:00:00Z', until: '2026-11-09T00:00:00Z', asRecorded: true };
  expect((await measure(usher, long)).status).toBe(400);
});

test('where a plan offers and asks for the agent of last time, a scenario has how agents answered and who came again', async () => {
  const usher = await startTestUsher();
  await record(usher);
  const { pool } = usher.database;
  // Of each four offers two were accepted after 3 s, one was declined after 2 s, one missed.
  await pool.query(
    `insert into assignment (workspace_id, conversation_id, assignment_id, agent_id, weight, state, assigned_by, assigned_at, offered_until, confirmed_at, ended_at, end_reason)
    select o.workspace_id, o.conversation_id, gen_random_uuid(), o.agent_id, 1, case when n < 2 then 'ended' else 'undone' end, 'router', o.assigned_at,
      o.assigned_at + interval '20 seconds', case when n < 2 then o.assigned_at + interval '3 seconds' end,
      o.assigned_at + make_interval(secs => case n when 2 then 2 else 20 end), case n when 2 then 'declined' when 3 then 'not-accepted' else 'closed' end
    from assignment o cross join generate_series(0, 3) n`,
  );
  const policy = {
    ...defaultPolicy,
    plans: [
      {
        ...{ name: 'Ask', steps: [{ after: 0 }], offer: { within: 20, misses: 3 } },
        sticky: { within: '1d', waitFor: 30 },
      },
    ],
    rules: [{ name: 'All', then: { plan: 'Ask' } }],
  };
  const offers = { answerAfter: { sample: expect.anything() }, declined: 0.25, missed: 0.25 };
  const measured = await measure(usher, { policy });
  expect(measured.status, measured.text).toBe(200);
  const asIs = measured.body as Measured & { scenario: Scenario };
  expect(asIs.scenario.agents[0]).toMatchObject({ name: 'Ana', offers });
  const after = asIs.scenario.agents[0]?.offers?.answerAfter as { sample: number[] };
  const [quick, slow] = [2, 3].map((seconds) => after.sample.filter((one) => one === seconds));
  expect(quick?.length).toBeGreaterThanOrEqual(6);
  expect(slow).toHaveLength(2 * (quick?.length ?? 0));
  expect(after.sample).toHaveLength(3 * (quick?.length ?? 0));
  const replay = (await measure(usher, { policy, asRecorded: true })).body as typeof asIs;
  expect(replay.scenario.agents[0]).toMatchObject({ name: 'Ana', offers });
  const { contacts = [] } = replay.scenario.kinds[0] ?? {};
  expect(contacts).toHaveLength(10);
  const share = 1 - new Set(contacts).size / 10;
  expect(asIs.scenario.kinds[0]?.returning ?? 0).toBeCloseTo(share, 3);
  expect(contacts.every((one) => one === null || /^\d+$/.test(one))).toBe(true);
  const run = await untilState(usher, await begin(usher, replay.scenario), ['done', 'failed']);
  expect(run.result?.notModelled).toEqual([]);
});

test('a scenario is measured from the records, and can be run as it is', async () => {
  const usher = await startTestUsher();
  const { channelId } = await record(usher);
  const { status, body } = await measure(usher);
  expect(status).toBe(200);
  const { scenario, conversations } = body as Measured & { scenario: Scenario };
  expect(conversations).toBe(10);
  const [kind] = scenario.kinds;
  expect(scenario.kinds).toHaveLength(1);
  expect(kind?.rate).toBeCloseTo(10 / 3660, 6);
  expect(kind?.needs).toMatchObject({ team: 'Billing', skills: { refunds: 2 } });
  expect(kind?.service).toEqual({ sample: Array(6).fill(120) });
  // Three of ten left at 30 s; who was served after a minute had waited longer.
  const { sample = [] } = (kind?.patience ?? {}) as { sample?: number[] };
  expect(sample.filter((seconds) => seconds === 30)).toHaveLength(60);
  expect(Math.min(...sample)).toBe(30);
  expect(scenario.agents).toEqual([
    { name: 'Ana', count: 1, capacity: 3, teams: ['Billing'], skills: { refunds: 4 } },
  ]);
  expect(scenario.policy).toMatchObject({ strategy: 'least-loaded' });
  const run = await untilState(usher, await begin(usher, scenario), ['done', 'failed']);
  expect(run.state).toBe('done');
  expect((await measure(usher, { channelIds: [channelId] })).status).toBe(200);
  const other = await measure(usher, { channelIds: ['00000000-0000-7000-8000-000000000000'] });
  expect([other.status, codeOf(other)]).toEqual([409, 'simulation.nothing-recorded']);
});

test('a scenario has how soon agents answered first after they were given a conversation, where they answered', async () => {
  const usher = await startTestUsher();
  await record(usher);
  const quiet = (await measure(usher)).body as { scenario: Scenario };
  expect(quiet.scenario.kinds[0]).not.toHaveProperty('firstAnswer');
  // The bot and somebody before the agent was given it, a note, and history are no answers. One of six has none.
  await usher.database.pool.query(
    `insert into message (workspace_id, conversation_id, seq, message_id, kind, author_kind, text, created_at, history)
    select a.workspace_id, a.conversation_id, n, gen_random_uuid(), kind, author, '', a.assigned_at + make_interval(secs => after), history
    from (select *, row_number() over (order by conversation_id) as nth from assignment) a
    cross join (values (101, 'text', 'agent', -20, false), (102, 'text', 'bot', 1, false), (103, 'note', 'agent', 2, false),
      (104, 'text', 'agent', 3, true), (105, 'text', 'contact', 4, false), (106, 'text', 'agent', 15, false),
      (107, 'text', 'user', 90, false)) said (n, kind, author, after, history)
    where nth < 6 or n < 106`,
  );
  for (const asRecorded of [false, true]) {
    const { scenario } = (await measure(usher, { asRecorded })).body as { scenario: Scenario };
    expect(scenario.kinds[0]?.firstAnswer).toEqual({ sample: Array(5).fill(15) });
    const run = await untilState(usher, await begin(usher, scenario), ['done', 'failed']);
    const [figures] = Object.values(run.result?.kinds ?? {});
    expect(figures?.firstAnswer?.mean).toBeGreaterThanOrEqual(15);
  }
});

test('a plan that names a team and a skill that nobody in the span had is followed all the same', async () => {
  const usher = await startTestUsher();
  await record(usher);
  await usher.call('POST', '/api/v1/teams', { body: { name: 'Night' } });
  await usher.call('POST', '/api/v1/skills', { body: { name: 'klingon' } });
  await usher.call('POST', '/api/v1/teams', { body: { name: 'Unnamed' } });
  const policy = {
    ...defaultPolicy,
    plans: [
      {
        name: 'Wide',
        steps: [{ after: 0 }, { after: 30, team: 'Night' }, { after: 60, skills: { klingon: 3 } }],
      },
    ],
    rules: [{ name: 'All', then: { plan: 'Wide' } }],
  };
  for (const asRecorded of [false, true]) {
    const { status, body, text } = await measure(usher, { policy, asRecorded });
    expect(status, text).toBe(200);
    const { scenario, notes } = body as Measured & { scenario: Scenario };
    expect(notes).toEqual([]);
    expect(scenario.policy?.plans).toMatchObject([{ name: 'Wide' }]);
    expect(scenario.known).toEqual({ teams: ['Night'], skills: ['klingon'] });
    const run = await untilState(usher, await begin(usher, scenario), ['done', 'failed']);
    expect(run).toMatchObject({ state: 'done', result: { plans: { Wide: {} } } });
  }
});

test('of a week, a scenario has its busy hours and the shifts of its agents, beside what happened', async () => {
  const usher = await startTestUsher();
  await record(usher);
  const { pool } = usher.database;
  const noon = new Date(Date.now() - 3 * 24 * HOUR).setUTCHours(12, 0, 0, 0);
  const quarter = ((noon - Date.UTC(1970, 0, 5)) / (HOUR / 4)) % 672;
  await pool.query(
    `update conversation set queued_at = $1::timestamptz + interval '10 minutes',
      closed_at = closed_at - queued_at + $1::timestamptz + interval '10 minutes'`,
    [new Date(noon)],
  );
  await pool.query(
    `update assignment set assigned_at = $1::timestamptz + interval '11 minutes', ended_at = $1::timestamptz + interval '13 minutes'`,
    [new Date(noon)],
  );
  await pool.query(
    `with gone as (delete from agent_status_change returning workspace_id, agent_id)
    insert into agent_status_change (workspace_id, agent_id, at, availability, cause)
    select distinct workspace_id, agent_id, $1::timestamptz + d * interval '2 hours', case d when 0 then 'online' else 'offline' end, 'chosen'
    from gone, generate_series(0, 1) d`,
    [new Date(noon)],
  );
  const now = Date.now();
  const span = { from: new Date(now - 7 * 24 * HOUR), until: new Date(now) };
  const { body, text } = await measure(usher, span);
  const { scenario, happened } = body as Measured & { scenario: Scenario };
  expect(happened, text).toMatchObject({ arrived: 10, abandonedShare: 0.3 });
  const [kind] = scenario.kinds;
  expect(kind?.rate).toBeUndefined();
  const busy = kind?.profile?.rates.flatMap((rate, nth) => (rate > 0 ? [[nth, rate * 900]] : []));
  expect(busy).toEqual([[quarter, expect.closeTo(10, 6)]]);
  expect(scenario.agents).toMatchObject([
    {
      ...{ name: 'Ana', count: 1, shiftsEvery: 'week' },
      shifts: [{ from: quarter * 900, until: (quarter + 8) * 900 }],
    },
  ]);
  const run = await untilState(usher, await begin(usher, scenario), ['done', 'failed']);
  expect(run.state).toBe('done');
});

test('a span that is turned round, or longer than a month, is refused', async () => {
  const usher = await startTestUsher();
  const at = (ms: number) => new Date(Date.now() + ms).toISOString();
  const turned = await measure(usher, { from: at(0), until: at(-HOUR) });
  const longer = await measure(usher, { from: at(-32 * 24 * HOUR), until: at(0) });
  for (const answer of [turned, longer]) {
    expect([answer.status, codeOf(answer)]).toEqual([400, 'request.invalid']);
  }
});

test('a plan that once was chosen is followed, whatever its rule looked at; a draft may stand in for the policy', async () => {
  const usher = await startTestUsher();
  await record(usher);
  const { body } = await usher.call('GET', '/api/v1/policy');
  const { policy } = body as { policy: object };
  const steps = [{ after: 0, team: 'Billing' }];
  const draft = {
    ...policy,
    strategy: 'round-robin',
    plans: [
      { name: 'Money', steps },
      { name: 'Rest', steps: [{ after: 0 }] },
    ],
    rules: [
      {
        name: 'Asks',
        when: { field: 'conversation.text', has: 'refund' },
        then: { plan: 'Money' },
      },
      { name: 'Others', then: { plan: 'Rest' } },
    ],
  };
  await usher.database.pool.query(`update conversation set plan = 'Money'`);
  const { scenario, notes } = (await measure(usher, { policy: draft })).body as Measured & {
    scenario: Scenario;
  };
  expect(notes).toEqual([]);
  expect(scenario.policy).toMatchObject({
    strategy: 'round-robin',
    plans: draft.plans,
    rules: [{ then: { plan: 'Money' } }, { name: 'Others', then: { plan: 'Rest' } }],
  });
  const run = await untilState(usher, await begin(usher, scenario), ['done', 'failed']);
  expect(run.state).toBe('done');
});
