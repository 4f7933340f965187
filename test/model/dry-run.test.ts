// What a dry run foretells is what happens when the policy is put in force then. USHER_LONG_TESTS=1: 200 changes.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PolicyCheck, PolicyDocument } from '../../src/contract/policy/document.ts';
import type { DryRun, Standing } from '../../src/contract/policy/dry-run.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { anyPolicy } from '../makers/any-policy.ts';
import { fillCompany } from '../makers/fill-company.ts';
import { type RapidPro, startRapidPro } from '../makers/start-rapidpro.ts';
import { eventually, type TestUsher } from '../makers/start-test-usher.ts';

const LONG = process.env.USHER_LONG_TESTS === '1';
const CHANGES = LONG ? 200 : 25;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Draw = <T>(...values: T[]) => T;

async function open(rapidpro: RapidPro, channelId: string, one: Draw): Promise<string> {
  const { usher, call } = rapidpro;
  const tier = one<string | undefined>('gold', 'silver', undefined);
  const name = one('Ana', 'Sari', 'Budi');
  if (one(true, false)) {
    const fields = { customFields: { tier }, ...one({}, { department: 'Billing' }) };
    const visitor = { token: one('a', 'b', randomUUID()), name, ...fields };
    const { body, text } = await call('GET', '/room', {
      body: { visitor, ticketID: randomUUID() },
    });
    return (body as { id?: string }).id ?? text;
  }
  const contact = { externalId: one('c', 'd', randomUUID()), name };
  const wants = one({}, { team: 'Billing' }, { skills: ['english'] }, { priority: 'high' });
  const body = { externalId: randomUUID(), contact, ...wants };
  const path = `/api/v1/channels/${channelId}/conversations`;
  const made = await usher.call('POST', path, { body });
  expect(made.status, made.text).toBe(201);
  return (made.body as { id: string }).id;
}

/** As the database has them, by their ids, written as the API writes a standing. */
async function readStandings({ database }: TestUsher): Promise<Map<string, Standing>> {
  const { rows } = await database.pool.query(
    `select conversation_id as id, jsonb_build_object('rule', route ->> 'rule', 'plan', plan, 'step', plan_step + 1, 'priority', priority, 'ends', route -> 'ends' ->> 'reason',
      'team', (select name from team t where t.workspace_id = c.workspace_id and t.team_id = c.team_id),
      'skills', coalesce((select jsonb_object_agg(s.name, coalesce(c.skill_levels[nth], 1)) from unnest(c.skill_ids) with ordinality as k(id, nth)
        join skill s on s.workspace_id = c.workspace_id and s.skill_id = k.id), '{}')) as stands
    from conversation c where workspace_id = $1 and state = 'waiting' order by queued_at`,
    [DEFAULT_WORKSPACE],
  );
  return new Map(rows.map(({ id, stands }) => [id, stands]));
}

/** Until the router has asked the rules of the policy in force about everything that waits. */
async function settled({ database }: TestUsher): Promise<void> {
  await eventually(
    () =>
      database.pool.query(
        `select from conversation c cross join (select version, has_rules from policy where workspace_id = $1 order by version desc limit 1) p
        where c.workspace_id = $1 and c.state = 'waiting'
          and (c.policy_version is distinct from case when has_rules then version end or c.needs like '~%' or c.router_due_at <= clock_timestamp())`,
        [DEFAULT_WORKSPACE],
      ),
    ({ rowCount }) => rowCount === 0,
  );
}

async function tryOut(usher: TestUsher, policy: PolicyDocument): Promise<PolicyCheck> {
  const body = { policy, try: true };
  const { status, body: found, text } = await usher.call('POST', '/api/v1/policy/check', { body });
  expect(status, text).toBe(200);
  return found as PolicyCheck;
}

/** Nobody has room, so all that happens to them is that they are placed. */
async function startCompany() {
  const rapidpro = await startRapidPro();
  const { usher } = rapidpro;
  await fillCompany(usher.database.pool, DEFAULT_WORKSPACE);
  const { body } = await usher.call('GET', '/api/v1/agents');
  for (const { id, name } of (body as { items: { id: string; name: string }[] }).items) {
    const change = { availability: name === 'Ana' ? 'online' : 'away', capacity: 0 };
    await usher.call('PATCH', `/api/v1/agents/${id}`, { body: change });
  }
  const channel = { body: { kind: 'api', name: 'Shop' } };
  const made = await usher.call('POST', '/api/v1/channels', channel);
  return { rapidpro, usher, channelId: (made.body as { id: string }).id };
}

test('what a dry run foretells for those who wait is what happens when that policy is put', async () => {
  const { rapidpro, usher, channelId } = await startCompany();
  let [held, moved] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      anyPolicy,
      fc.nat(5),
      fc.nat(3),
      fc.gen(),
      async (policy, arrivals, minutes, draw) => {
        const one: Draw = (...values) =>
          draw(fc.constantFrom, ...values) as (typeof values)[number];
        const waiting = await usher.conversations('waiting');
        for (const { id } of waiting.slice(30 - arrivals)) {
          await usher.call('POST', `/api/v1/conversations/${id}/close`, { body: {} });
        }
        for (let nth = 0; nth <= arrivals; nth += 1) await open(rapidpro, channelId, one);
        await usher.clock.advance(minutes * 7 * MINUTE);
        // No step begins and no calendar opens in the half-minute after this.
        const [{ now }] = (await usher.database.pool.query('select clock_timestamp() as now')).rows;
        await usher.clock.advance(HOUR - (now.getTime() % HOUR) + 30.5 * MINUTE);
        await settled(usher);

        const before = await readStandings(usher);
        const { faults, dryRun } = await tryOut(usher, policy);
        expect(faults).toEqual([]);
        expect(await readStandings(usher)).toEqual(before);
        const put = await usher.call('PUT', '/api/v1/policy', { body: policy });
        expect(put.status, put.text).toBe(200);
        await settled(usher);
        const after = await readStandings(usher);

        held += 1;
        moved += compare(dryRun as DryRun, { before, after });
      },
    ),
    { numRuns: CHANGES, endOnFailure: true },
  );
  expect({ held, someMoved: moved > CHANGES }).toEqual({ held: CHANGES, someMoved: true });
}, 900_000);

/** How many moved. */
function compare(
  { waiting, rules, plans }: DryRun,
  { before, after }: Record<'before' | 'after', ReadonlyMap<string, Standing>>,
): number {
  const goes = (id: string) => {
    const [{ rule: _, ...from }, { rule: __, ...to }] = [before.get(id), after.get(id)] as [
      Standing,
      Standing,
    ];
    return JSON.stringify(sort(from)) !== JSON.stringify(sort(to));
  };
  const expected = [...before.keys()].filter(goes);
  expect(waiting).toMatchObject({
    ...{ of: before.size, tried: before.size, elsewhere: expected.length },
    moved: expected.map((id) => ({
      ...{ conversationId: id, state: 'waiting', from: before.get(id), to: after.get(id) },
    })),
  });
  const countAfter = (holds: (one: Standing) => boolean) =>
    [...after.values()].filter(holds).length;
  for (const { rule, waiting: found } of rules) {
    expect(found, rule).toBe(countAfter((one) => one.rule === rule));
  }
  for (const { plan, after: found } of plans) {
    expect(found.waiting, plan ?? 'none').toBe(countAfter((one) => one.plan === plan));
  }
  return expected.length;
}

const sort = (stands: object) =>
  Object.entries(stands)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => [
      key,
      typeof value === 'object' && value !== null ? Object.entries(value).toSorted() : value,
    ]);
