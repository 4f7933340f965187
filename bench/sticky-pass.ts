// Measures a pass beside a long queue: what it costs that conversations of it wait for one agent each.
import type { Pool } from 'pg';
import { defaultPolicy } from '../src/contract/policy/policy.ts';
import { closeConversation } from '../src/desk/close-conversation.ts';
import { makeRoster, type Roster } from '../src/desk/roster.ts';
import { routeWaiting } from '../src/desk/route-waiting.ts';
import { awaitKey, needsKey } from '../src/routing/needs-key.ts';
import { insertPolicy } from '../src/store/workspaces.ts';
import { promising } from '../test/makers/promising.ts';
import { silentDesk } from '../test/makers/silent-desk.ts';
import { median, percentile } from './statistics.ts';
import { ms, type Section, say, times, whole } from './table.ts';
import { fillConversations, type Place, type World } from './world.ts';

const AGENTS = 1000;
const CAPACITY = 5;
const WARM_UP_RUNS = 100;
const MOST = 1.25;
// A statement may take 30 s at most.
const FILL = 20_000;

interface Site {
  name: string;
  place: Place;
  roster: Roster;
  passes: number[];
}

/** The sites take turns, so that noise hits all alike. */
export async function measureStickyPass(
  world: World,
  { waiting, runs }: { waiting: number; runs: number },
): Promise<Section> {
  const sites = [
    await makeSite(world, { name: 'none of them waits for one agent', waiting, alone: 0 }),
    await makeSite(world, { name: 'one for each agent does', waiting, alone: AGENTS }),
    await makeSite(world, { name: 'all of them do', waiting, alone: waiting }),
  ];
  await world.db.query('vacuum analyze');
  for (let run = -WARM_UP_RUNS; run < runs; run += 1) {
    for (const site of sites) {
      await endOne(world, site.place);
      const began = performance.now();
      const { assigned } = await routeWaiting(silentDesk(world.routingDb), {
        ...{ workspaceId: site.place.workspaceId, roster: site.roster },
      });
      if (assigned !== 1) throw new Error(`A pass for one that ended assigned ${assigned}.`);
      if (run >= 0) site.passes.push(performance.now() - began);
    }
  }
  return describe(sites, { waiting, runs });
}

/** All agents are full. The first `alone` wait for one agent each, in turn. */
async function makeSite(
  world: World,
  { name, waiting, alone }: { name: string; waiting: number; alone: number },
): Promise<Site> {
  say(`  filling: of ${whole(waiting)} ${name}`);
  const place = await world.makeWorkspace({ agents: AGENTS, capacity: CAPACITY });
  const { workspaceId } = place;
  const count = waiting + AGENTS * CAPACITY;
  await fillConversations(world.db, place, { count, state: 'waiting' });
  await placeAll(world.db, place);
  await world.db.query('vacuum analyze conversation');
  const site = { name, place, roster: makeRoster(workspaceId), passes: [] };
  for (;;) {
    const desk = silentDesk(world.routingDb);
    const { more } = await routeWaiting(desk, { workspaceId, roster: site.roster });
    if (!more) break;
  }
  await awaitAgents(world.db, place, alone);
  return site;
}

const KNOWN = 'Known';

/** As a policy with a plan that waits for sticky agents leaves them. */
async function placeAll(db: Pool, { workspaceId, channelId }: Place): Promise<void> {
  const policy = {
    ...defaultPolicy,
    plans: [
      {
        ...{ name: KNOWN, steps: [{ after: 0 }], prefer: ['sticky', 'least-loaded'] as const },
        sticky: { within: '30d', waitFor: 3600 },
      },
    ],
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    rules: [{ name: 'All', then: { plan: KNOWN } }],
  };
  await insertPolicy(promising(db), { workspaceId, policy, createdBy: 'bench' });
  const entered = { plan: KNOWN, since: Date.now() };
  const { rows } = await db.query<{ id: string }>(
    'select conversation_id as id from conversation where workspace_id = $1 order by 1',
    [workspaceId],
  );
  for (let from = 0; from < rows.length; from += FILL) {
    await db.query(
      `update conversation set plan = $2, plan_since = now(), plan_step = 0, needs = $3, route = $4,
        policy_version = (select max(version) from policy where workspace_id = $1)
      where workspace_id = $1 and conversation_id >= $5 and conversation_id <= $6`,
      [
        ...[workspaceId, KNOWN, keyOf(channelId), { entered, sticky: null }],
        ...[rows[from]?.id, rows[Math.min(from + FILL, rows.length) - 1]?.id],
      ],
    );
  }
}

function keyOf(channelId: string): string {
  const needs = { channelId, remote: true, externalChannelId: null, teamId: null, weight: 1 };
  return needsKey({ ...needs, skillIds: [], excludedAgentIds: [] }, { plan: KNOWN });
}

async function awaitAgents(db: Pool, place: Place, alone: number): Promise<void> {
  for (let from = 0; from < alone; from += FILL) {
    await awaitSome(db, place, { from, to: Math.min(from + FILL, alone) });
  }
}

async function awaitSome(
  db: Pool,
  { workspaceId, channelId }: Place,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const key = awaitKey('', keyOf(channelId)).slice(1);
  await db.query(
    `update conversation c set needs = '~' || a.agent_id || $3, awaits_version = nextval('roster_version'),
      route = c.route || jsonb_build_object('sticky', a.agent_id), router_due_at = now() + interval '1 hour'
    from (select conversation_id, row_number() over (order by rank_at) - 1 as nth from conversation
        where workspace_id = $1 and state = 'waiting') w
      join (select agent_id, row_number() over () - 1 as nth from agent where workspace_id = $1) a on a.nth = w.nth % ${AGENTS}
    where c.workspace_id = $1 and c.conversation_id = w.conversation_id and w.nth >= $2 and w.nth < $4`,
    [workspaceId, from, key, to],
  );
}

async function endOne({ desk, db }: World, { workspaceId }: Place): Promise<void> {
  const { rows } = await db.query<{ id: string }>(
    `select conversation_id as id from conversation where workspace_id = $1 and state = 'assigned'
      and agent_id >= gen_random_uuid() order by agent_id limit 1`,
    [workspaceId],
  );
  const [row] = rows;
  if (row === undefined) return endOne({ desk, db } as World, { workspaceId } as Place);
  const ending = { actor: 'bench', acting: null, tellRemote: false };
  await closeConversation(desk, { workspaceId, conversationId: row.id, ...ending });
}

function describe(
  sites: readonly Site[],
  { waiting, runs }: { waiting: number; runs: number },
): Section {
  const without = median(sites[0]?.passes ?? []);
  return {
    title: 'A pass beside those who wait for one agent',
    how: `${whole(waiting)} conversations wait, ${whole(AGENTS)} agents are full. One conversation ends, one pass settles it and gives the agent another: ${whole(runs)} runs after ${WARM_UP_RUNS}, the three in turns.`,
    columns: ['of those who wait', 'p50', 'p95', 'against none', 'needed', 'verdict'],
    rows: sites.map(({ name, passes }, nth) => {
      const ratio = median(passes) / without;
      const judged = nth === 0 ? ['', ''] : [`<= ${MOST} ×`, ratio <= MOST ? 'met' : 'MISSED'];
      return [name, ms(median(passes)), ms(percentile(passes, 0.95)), times(ratio), ...judged];
    }),
  };
}
