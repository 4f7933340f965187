// `usher replay` on a server: what was decided, what was given by hand, what would have come of it otherwise.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Replay } from '../../src/contract/replays.ts';
import type { Scenario } from '../../src/contract/scenario.ts';
import { readScenario } from '../../src/simulation/read-scenario.ts';
import { BEGINS_AT } from '../../src/simulation/run-scenario.ts';
import { addPerson } from '../makers/browse.ts';
import { makeApiChannel } from '../makers/make-api-channel.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';

const ROOT = join(import.meta.dirname, '../..');
const MINUTE = 60_000;

/** Twelve come, one a minute; each is closed after three, and the last is given by hand to the other agent. */
async function makeSpan() {
  const usher = await startTestUsher();
  const { call, clock } = usher;
  const channel = await makeApiChannel(usher);
  const [ana, budi] = [await channel.addAgent('Ana'), await channel.addAgent('Budi')];
  const from = new Date(clock.now());
  const ids: string[] = [];
  for (let nth = 0; nth < 12; nth += 1) {
    const body = { externalId: `case-${nth}`, contact: { externalId: `c-${nth}` } };
    const opened = await call('POST', `/api/v1/channels/${channel.id}/conversations`, { body });
    const { id } = opened.body as { id: string };
    ids.push(id);
    const look = async () => (await call('GET', `/api/v1/conversations/${id}`)).body;
    await eventually(look, (one) => (one as { state: string }).state === 'assigned');
    const over = ids.at(-4);
    if (over !== undefined) await call('POST', `/api/v1/conversations/${over}/close`, { body: {} });
    await clock.advance(MINUTE);
  }
  const last = await call('GET', `/api/v1/conversations/${ids.at(-1)}`);
  const other = (last.body as { agentId: string }).agentId === ana.id ? budi.id : ana.id;
  const transfer = { body: { agentId: other, force: true } };
  const moved = await call('POST', `/api/v1/conversations/${ids.at(-1)}/transfer`, transfer);
  expect(moved.status, moved.text).toBe(200);
  await clock.advance(MINUTE);
  return { usher, ids, other, from, until: new Date(clock.now()) };
}

async function run(usher: TestUsher, args: readonly string[]) {
  const to = ['--url', usher.url, '--token', usher.token];
  const child = spawn(process.execPath, ['src/cli/usher.ts', ...to, ...args], {
    ...{ cwd: ROOT, env: { PATH: process.env.PATH ?? '' } },
  });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { out, errors, code: await ended };
}

test('a span is decided again, what was given by hand is named, and a fifth more and an outage make it slower', async () => {
  const { usher, ids, other, from, until } = await makeSpan();
  const span = ['replay', '--from', from.toISOString(), '--to', until.toISOString()];
  const plain = await run(usher, span);
  expect([plain.errors, plain.code]).toEqual(['', 0]);
  expect(plain.out).toContain('12 decisions in 12 passes: 12 come out again');
  expect(plain.out).toContain('1 were given by hand');

  const folder = mkdtempSync(join(tmpdir(), 'usher-replay-'));
  const file = join(folder, 'span.json');
  const outage = new Date(from.getTime() + 2 * MINUTE).toISOString();
  const change = ['--volume', '1.2', '--outage', outage, '--outage-minutes', '60', '--runs', '5'];
  const { out, errors, code } = await run(usher, ['--json', ...span, ...change, '--write', file]);
  expect([errors, code]).toEqual(['', 0]);
  const { replay, whatIf } = JSON.parse(out);
  expect(replay as Replay).toMatchObject({ decided: 12, reproduced: 12, differing: 0, byHand: 1 });
  expect(replay.moves).toMatchObject([{ conversationId: ids.at(-1), agent: { id: other } }]);
  expect(whatIf.happened).toMatchObject({ arrived: 12, abandonedShare: 0, waiting: 0 });
  expect(whatIf.happened.meanWait).toBeLessThan(5);
  const { meanWait } = whatIf.comparison.whole;
  expect(meanWait.shown).toBe(true);
  expect(meanWait.difference).toBeGreaterThan(1000);

  const scenario = JSON.parse(readFileSync(file, 'utf8')) as Scenario;
  expect(readScenario(scenario, BEGINS_AT).scenario).not.toBeNull();
  expect(scenario.agents.map(({ name }) => name).sort()).toEqual(['Ana', 'Budi']);
  const agents = join(folder, 'agents.json');
  writeFileSync(agents, JSON.stringify([{ name: 'Crowd', count: 5, capacity: 3 }]));
  const policy = join(folder, 'policy.json');
  const inForce = (await usher.call('GET', '/api/v1/policy')).body as { policy: object };
  writeFileSync(policy, JSON.stringify({ ...inForce.policy, strategy: 'longest-idle' }));
  const staffed = await run(usher, [...span, '--agents', agents, '--against', policy]);
  expect([staffed.errors, staffed.code]).toEqual(['', 0]);
  expect(staffed.out).toContain('12 came. What happened');
  expect(staffed.out).toContain('no difference shown');
  const nobody = await run(usher, [...span, '--without', 'Cici']);
  expect([nobody.code, nobody.errors]).toEqual([
    2,
    expect.stringContaining('There were: Ana, Budi'),
  ]);
}, 120_000);

test('a span that is empty, too long or backwards is answered or refused, and agents may not ask', async () => {
  const usher = await startTestUsher();
  const ask = (from: string, until: string) =>
    usher.call('POST', '/api/v1/replays', { body: { from, until } });
  const [day, next, far] = ['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z', '2026-11-09T00:00:00Z'];
  expect((await ask(day, next)).body).toMatchObject({ decided: 0, isWhole: true, servers: [] });
  for (const [from, until] of [
    [next, day],
    [day, far],
    [day, 'soon'],
  ] as const) {
    expect((await ask(from, until)).status).toBe(400);
  }
  const agent = await addPerson(usher, {
    ...{ name: 'Ana', email: 'ana@example.com', role: 'agent' },
  });
  const body = { from: day, until: next };
  expect((await agent.browser.send('POST', '/api/v1/replays', { body })).status).toBe(403);
});

test('passes are forgotten after 30 days, and their decisions are told to be on no record', async () => {
  const { usher, from, until } = await makeSpan();
  const passes = async () => (await usher.database.pool.query('select from routing_pass')).rowCount;
  expect(await passes()).toBe(12);
  await usher.database.pool.query(`update routing_pass set at = at - interval '31 days'`);
  await usher.clock.advance(10 * MINUTE);
  await eventually(passes, (left) => left === 0);
  const { out, code } = await run(usher, [
    ...['replay', '--from', from.toISOString(), '--to', until.toISOString()],
  ]);
  expect(code).toBe(0);
  expect(out).toContain('12 do not; of these, 0 without an explanation.');
  expect(out).toContain('an older version made it, or it is forgotten');
}, 60_000);

const THEN = 'then';
const LINES = ['gold', 'plain'];

/** Gold ones by the plan that `gold` names, all others by the plan “plain”. */
const policyBy = (
  gold: string,
  when: object = { field: 'conversation.meta.line', is: 'gold' },
) => ({
  plans: LINES.map((name) => ({ name, steps: [{ after: 0 }] })),
  rules: [
    { name: 'Gold', when, [THEN]: { plan: gold } },
    { name: 'Everybody else', [THEN]: { plan: 'plain' } },
  ],
});

test('another policy is asked where it sends each: what goes elsewhere is counted and listed, and what it cannot be asked about is unknown', async () => {
  const usher = await startTestUsher();
  const { call, clock } = usher;
  const channel = await makeApiChannel(usher);
  const ana = await channel.addAgent('Ana');
  await call('PATCH', `/api/v1/agents/${ana.id}`, { body: { capacity: 10 } });
  const { policy } = (await call('GET', '/api/v1/policy')).body as { policy: object };
  const inForce = await call('PUT', '/api/v1/policy', { body: { ...policy, ...policyBy('gold') } });
  expect(inForce.status, inForce.text).toBe(200);
  const from = clock.now();
  const ids: string[] = [];
  for (const line of ['gold', 'plain', 'gold', 'plain', 'plain']) {
    const contact = { externalId: `c-${ids.length}` };
    const body = { externalId: `case-${ids.length}`, contact, meta: { line } };
    const opened = await call('POST', `/api/v1/channels/${channel.id}/conversations`, { body });
    const { id } = opened.body as { id: string };
    ids.push(id);
    const look = async () => (await call('GET', `/api/v1/conversations/${id}`)).body;
    await eventually(look, (one) => (one as { state: string }).state === 'assigned');
    await clock.advance(MINUTE);
  }
  const until = clock.now();
  const ask = async (against: object | undefined): Promise<Replay> => {
    const span = { from: new Date(from).toISOString(), until: new Date(until).toISOString() };
    const body = { ...span, ...(against && { against: { ...policy, ...against } }) };
    const answer = await call('POST', '/api/v1/replays', { body });
    expect(answer.status, answer.text).toBe(200);
    return answer.body as Replay;
  };
  expect((await ask(undefined)).against).toBeNull();
  expect((await ask(policyBy('gold'))).against).toEqual({
    ...{ tried: 5, elsewhere: 0, unknown: 0, moved: [] },
  });
  const other = await ask(policyBy('plain'));
  expect(other).toMatchObject({ decided: 5, reproduced: 5 });
  expect(other.against).toMatchObject({ tried: 5, elsewhere: 2, unknown: 0 });
  const moved = other.against?.moved ?? [];
  // The latest first.
  expect(moved.map(({ conversationId, from, to }) => [conversationId, from.plan, to.plan])).toEqual(
    [
      [ids[2], 'gold', 'plain'],
      [ids[0], 'gold', 'plain'],
    ],
  );
  // How many wait was counted for no rule at that time.
  const counting = policyBy('plain', { field: 'waiting.gold', moreThan: 3 });
  expect((await ask(counting)).against).toEqual({ tried: 0, elsewhere: 0, unknown: 5, moved: [] });
  // The first waits again, and keeps its latest rule alone.
  const again = await call('POST', `/api/v1/conversations/${ids[0]}/requeue`, {
    body: { reason: 'test' },
  });
  expect(again.status, again.text).toBe(200);
  const look = async () => (await call('GET', `/api/v1/conversations/${ids[0]}`)).body;
  await eventually(look, (one) => (one as { state: string }).state === 'assigned');
  const later = await ask(policyBy('plain'));
  expect(later.against).toMatchObject({ tried: 4, elsewhere: 1, unknown: 1 });
  expect(later.rules).toMatchObject({ asked: 5, again: 4, causes: { 'waited-again': 1 } });
}, 120_000);
