// Measures how long it takes to advance very many steps that are due at once, and how long arrivals wait meanwhile.
import type { Pool } from 'pg';
import type { PolicyDocument } from '../src/contract/policy/document.ts';
import { defaultPolicy } from '../src/contract/policy/policy.ts';
import { makeRoster } from '../src/desk/roster.ts';
import { routeWaiting } from '../src/desk/route-waiting.ts';
import { TO_ROUTE } from '../src/store/send-to-rules.ts';
import { insertPolicy } from '../src/store/workspaces.ts';
import { promising } from '../test/makers/promising.ts';
import { silentDesk } from '../test/makers/silent-desk.ts';
import { fillCustomers, placeAll } from './full-policy.ts';
import { readWaits, routeArrivals } from './latency.ts';
import { percentile } from './statistics.ts';
import { ms, type Section, target, targetColumns, whole } from './table.ts';
import type { Place, World } from './world.ts';

const SIZE = { agents: 200, capacity: 5 };
const RATE = 20;
const SECONDS = 10;

export async function measureDueSteps(world: World, count: number): Promise<Section> {
  const { db } = world;
  const place = await world.makeWorkspace(SIZE);
  await insertPolicy(promising(db), {
    workspaceId: place.workspaceId,
    policy: writePolicy(),
    createdBy: 'bench',
  });
  await fillCustomers(db, place, count);
  await fillWaiting(db, place, count);
  await placeAll(world, place);
  const calm = await measureArrivals(world, place);
  let advanced = Promise.resolve(0);
  const busy = await measureArrivals(world, place, async () => {
    await letStepsBegin(db, place);
    advanced = watchSteps(db, place);
  });
  await advanceRest(world, place);
  return describe({ count, calm, busy, advancedMs: await advanced });
}

/** Nobody can be given what waits there, at no step. */
function writePolicy(): PolicyDocument {
  const skill = crypto.randomUUID();
  return {
    ...defaultPolicy,
    plans: [
      {
        name: 'Waiting',
        steps: [
          { after: 0, skills: { [skill]: 5 } },
          { after: 600, skills: { [skill]: 4 } },
        ],
      },
      { name: 'Open', steps: [{ after: 0 }] },
    ],
    rules: [
      {
        name: 'Waiting',
        when: { field: 'conversation.department', is: 'Waiting' },
        // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
        then: { plan: 'Waiting' },
      },
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      { name: 'Everybody else', then: { plan: 'Open' } },
    ],
  };
}

async function fillWaiting(db: Pool, { workspaceId, channelId }: Place, count: number) {
  await db.query(
    `insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id, state, needs,
      queued_at, rank_at, policy_version, meta, event_seq)
    select $1, gen_random_uuid(), $2, 'waiting-' || n, k.contact_id, 'waiting', $4, now(), now(), 0,
      '{"department": "Waiting"}', 1
    from generate_series(0, $3::integer - 1) n
    join contact k on k.workspace_id = $1 and k.channel_id = $2 and k.external_id = 'customer-' || n`,
    [workspaceId, channelId, count, TO_ROUTE],
  );
  await db.query('vacuum analyze');
}

/** As if all had come ten minutes ago. */
async function letStepsBegin(db: Pool, { workspaceId }: Place): Promise<void> {
  await db.query(
    `update conversation set router_due_at = clock_timestamp(), route = jsonb_set(route, '{entered,since}',
      to_jsonb((route -> 'entered' ->> 'since')::float8 - 600000))
    where workspace_id = $1 and state = 'waiting' and plan = 'Waiting'`,
    [workspaceId],
  );
}

/** By an index: a count of all of them takes too much of a small machine, again and again. */
async function areDue(db: Pool, { workspaceId }: Place): Promise<boolean> {
  const { rows } = await db.query<{ are: boolean }>(
    `select exists (select from conversation
      where workspace_id = $1 and state = 'waiting' and router_due_at <= statement_timestamp()) as are`,
    [workspaceId],
  );
  return rows[0]?.are ?? false;
}

/** On a slow machine the arrivals and their router end first. */
async function advanceRest({ db, routingDb }: World, place: Place): Promise<void> {
  const { workspaceId } = place;
  const roster = makeRoster(workspaceId);
  while (await areDue(db, place)) {
    await routeWaiting(silentDesk(routingDb), { workspaceId, roster });
  }
}

/** Milliseconds from the moment that they are due to the first look that finds none. */
async function watchSteps(db: Pool, place: Place): Promise<number> {
  const began = performance.now();
  while (await areDue(db, place)) await new Promise((done) => setTimeout(done, 20));
  return performance.now() - began;
}

async function measureArrivals(
  world: World,
  place: Place,
  meanwhile: () => Promise<void> = async () => {},
): Promise<number[]> {
  const load = { rate: RATE, seconds: SECONDS, cold: true };
  const arriving = routeArrivals(world, place, load);
  // After the warm-up.
  await new Promise((done) => setTimeout(done, 6000));
  await meanwhile();
  return readWaits((await arriving).moments);
}

function describe(args: {
  count: number;
  calm: number[];
  busy: number[];
  advancedMs: number;
}): Section {
  const { count, calm, busy, advancedMs } = args;
  const longest = Math.max(...busy);
  return {
    title: 'Steps that are due at once',
    how: `The next step of ${whole(count)} waiting conversations, to whom nobody can be given at either step, is due at one moment. Meanwhile ${RATE} a second arrive for whom there are agents. Waits: accepted to assigned.`,
    columns: targetColumns,
    rows: [
      target('until the last has advanced', '< 1,000 ms', ms(advancedMs), advancedMs < 1000),
      target('longest wait of an arrival meanwhile', '<= 100 ms', ms(longest), longest <= 100),
      ['median wait meanwhile', '', ms(percentile(busy, 0.5)), ''],
      ['longest wait without', '', ms(Math.max(...calm)), ''],
    ],
  };
}
