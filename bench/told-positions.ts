// Measures what it costs to tell contacts their place in a long queue.
import type { Pool } from 'pg';
import type { PolicyDocument } from '../src/contract/policy/document.ts';
import { defaultPolicy } from '../src/contract/policy/policy.ts';
import { makeRoster, type Roster } from '../src/desk/roster.ts';
import { routeWaiting } from '../src/desk/route-waiting.ts';
import { needsKey } from '../src/routing/needs-key.ts';
import { insertPolicy } from '../src/store/workspaces.ts';
import { promising } from '../test/makers/promising.ts';
import { silentDesk } from '../test/makers/silent-desk.ts';
import { fillCustomers } from './full-policy.ts';
import { median } from './statistics.ts';
import { ms, type Section, target, targetColumns, times, whole } from './table.ts';
import type { Place, World } from './world.ts';

const PLAN = 'Waiting';
const AT_ONCE = 1000;
/** Longer than a measurement takes. */
const STEP_SECONDS = 7200;
const SINGLE_RUNS = 50;
const MOST_EACH_MS = 3;
const texts = { without: 'You are still waiting.', told: 'You are number {{position}}.' };
type Text = keyof typeof texts;

interface Site {
  place: Place;
  roster: Roster;
  /** Milliseconds a word, where many are due at once. */
  each: number[];
  /** Milliseconds of a pass that tells one. */
  single: number[];
}

/** The two sites take turns. */
export async function measureToldPositions(
  world: World,
  { waiting, rounds }: { waiting: number; rounds: number },
): Promise<Section> {
  const sites = {
    without: await makeSite(world, texts.without, waiting),
    told: await makeSite(world, texts.told, waiting),
  };
  const both = Object.values(sites);
  for (const site of both) await tell(world, site, 1);
  for (let run = 0; run < SINGLE_RUNS; run += 1) {
    for (const site of both) site.single.push(await tell(world, site, 1));
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const site of both) site.each.push((await tell(world, site, AT_ONCE)) / AT_ONCE);
  }
  return describe(sites, { waiting, rounds });
}

async function makeSite(world: World, text: string, waiting: number): Promise<Site> {
  const { db } = world;
  const place = await world.makeWorkspace({ agents: 10, capacity: 5 });
  const { workspaceId, channelId } = place;
  // A channel that carries words.
  await db.query(`update channel set kind = 'api' where workspace_id = $1 and channel_id = $2`, [
    ...[workspaceId, channelId],
  ]);
  const skill = crypto.randomUUID();
  await insertPolicy(promising(db), {
    ...{ workspaceId, policy: writePolicy(text, skill), createdBy: 'bench' },
  });
  await fillCustomers(db, place, waiting);
  await fillPlaced(db, place, skill);
  return { place, roster: makeRoster(workspaceId), each: [], single: [] };
}

/** Each customer waits at the first step, as a pass leaves them there. */
async function fillPlaced(
  db: Pool,
  { workspaceId, channelId }: Place,
  skill: string,
): Promise<void> {
  const needs = { channelId, remote: false, externalChannelId: null, teamId: null, weight: 1 };
  const key = needsKey(
    { ...needs, skillIds: [skill], skillLevels: [5], excludedAgentIds: [] },
    { plan: PLAN },
  );
  const route = {
    ...{ asked: { teamId: null, skillIds: [], priority: 'normal' }, byHand: {} },
    ...{ entered: { plan: PLAN, since: Date.now() }, rule: PLAN, because: [], priority: null },
    ...{ lastAgent: null, sticky: null, told: ['queued'] },
  };
  await db.query(
    `insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id, state, needs,
      skill_ids, skill_levels, queued_at, rank_at, plan, plan_since, plan_step, router_due_at, policy_version, route, event_seq)
    select $1, gen_random_uuid(), $2, 'waiting-' || k.external_id, k.contact_id, 'waiting', $3, array[$4::uuid], '{5}',
      now(), now() + row_number() over () * interval '1 ms', $5, now(), 0, now() + interval '1 day',
      (select max(version) from policy where workspace_id = $1), $6, 1
    from contact k where k.workspace_id = $1`,
    [workspaceId, channelId, key, skill, PLAN, route],
  );
  await db.query('vacuum analyze');
}

/** Nobody can be given what waits there, at no step. */
function writePolicy(text: string, skill: string): PolicyDocument {
  return {
    ...defaultPolicy,
    plans: [
      {
        name: PLAN,
        steps: [
          { after: 0, skills: { [skill]: 5 } },
          { after: STEP_SECONDS, skills: { [skill]: 4 } },
        ],
        words: { position: { en: text } },
      },
    ],
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    rules: [{ name: PLAN, then: { plan: PLAN } }],
  };
}

/** Of some in the hindmost part of the queue the next step begins. Answers the time of their passes. */
async function tell({ db, routingDb }: World, site: Site, count: number): Promise<number> {
  const { place, roster } = site;
  const { workspaceId } = place;
  await db.query(
    `update conversation set router_due_at = clock_timestamp(), route = jsonb_set(route, '{entered,since}',
      to_jsonb((route -> 'entered' ->> 'since')::float8 - ${STEP_SECONDS * 1000}))
    where workspace_id = $1 and conversation_id in (select conversation_id from conversation
      where workspace_id = $1 and state = 'waiting' and plan_step = 0 order by rank_at desc limit $2)`,
    [workspaceId, count],
  );
  const before = await countTold(db, place);
  let took = 0;
  while ((await countTold(db, place)) < before + count) {
    const began = performance.now();
    await routeWaiting(silentDesk(routingDb), { workspaceId, roster });
    took += performance.now() - began;
  }
  return took;
}

async function countTold(db: Pool, { workspaceId }: Place): Promise<number> {
  const { rows } = await db.query<{ told: number }>(
    'select count(*)::integer as told from message where workspace_id = $1',
    [workspaceId],
  );
  return rows[0]?.told ?? 0;
}

function describe(
  sites: Record<Text, Site>,
  { waiting, rounds }: { waiting: number; rounds: number },
): Section {
  const [each, bare] = [median(sites.told.each), median(sites.without.each)];
  const [single, alone] = [median(sites.told.single), median(sites.without.single)];
  return {
    title: 'Words with the place in line',
    how: `${whole(waiting)} conversations wait in one plan, to whom nobody can be given. For ${whole(AT_ONCE)} of the hindmost the next step begins at one moment, and each is told so: ${rounds} rounds; then for one alone, ${SINGLE_RUNS} times. In one workspace the words say the place in line, in the other they say nothing of it; the two take turns. Medians of the time of the passes, which hold the routing lock.`,
    columns: targetColumns,
    rows: [
      target('of a thousand, each', `<= ${MOST_EACH_MS} ms`, ms(each), each <= MOST_EACH_MS),
      ['without the place', '', ms(bare), ''],
      ['against without', '', times(each / bare), ''],
      ['a pass that tells one', '', ms(single), ''],
      ['without the place', '', ms(alone), ''],
      target('against without', '<= 2 ×', times(single / alone), single <= 2 * alone),
    ],
  };
}
