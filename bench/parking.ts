// Measures how soon a parked conversation is back in the queue at its time, and with its agent, beside a routing pass of the same run.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Pool } from 'pg';
import { watchParked } from '../src/housekeeping/watch-parked.ts';
import { makeChannel, makeConversation } from '../test/makers/make-conversation.ts';
import { median, percentile } from './statistics.ts';
import { ms, report, type Section, say, target, targetColumns, whole } from './table.ts';
import { openWorld, startRouting, type World } from './world.ts';

const { values } = parseArgs({
  options: {
    parked: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '20' },
    agents: { type: 'string', default: '1000' },
  },
});

/** Of the issue. */
const MOST_MS = 100;

/** Their times are spread at random over the seconds, as people choose them; two nodes look for them. */
async function bringBack(
  world: World,
  size: { parked: number; seconds: number; agents: number },
): Promise<string> {
  const { workspaceId } = await world.makeWorkspace({ agents: size.agents, capacity: 5 });
  // Those of a world answer elsewhere, where nothing is parked.
  await world.db.query('update agent set answers_here = true where workspace_id = $1', [
    workspaceId,
  ]);
  const channel = await makeChannel({ desk: world.desk, workspaceId });
  const fail = (error: unknown): never => {
    throw error;
  };
  const { desk, stop } = startRouting(world);
  for (let nth = 0; nth < size.parked; nth += 1) {
    await makeConversation({ desk, workspaceId }, channel);
  }
  await untilNone(world.db, { workspaceId, state: 'waiting' });
  await parkAll(world.db, { workspaceId, seconds: size.seconds });
  const watches = [watchParked(desk, { onError: fail }), watchParked(desk, { onError: fail })];
  await untilNone(world.db, { workspaceId, state: 'parked' });
  await untilNone(world.db, { workspaceId, state: 'waiting' });
  await Promise.all(watches.map((watch) => watch.stop()));
  await stop();
  return workspaceId;
}

async function untilNone(
  db: Pool,
  { workspaceId, state }: { workspaceId: string; state: string },
): Promise<void> {
  const left = 'select from conversation where workspace_id = $1 and state = $2 limit 1';
  while ((await db.query(left, [workspaceId, state])).rowCount !== 0) await sleep(100);
}

/** As `store/parked` writes it, all in one statement: what is measured begins after it. */
async function parkAll(
  db: Pool,
  { workspaceId, seconds }: { workspaceId: string; seconds: number },
): Promise<void> {
  await db.query(
    `with ended as (
      update assignment set state = 'ended', ended_at = clock_timestamp(), end_reason = 'parked'
      where workspace_id = $1 and ended_at is null returning agent_id, weight
    ), freed as (
      update agent a set load = 0 from (select distinct agent_id from ended) e
      where a.workspace_id = $1 and a.agent_id = e.agent_id
    )
    update conversation set state = 'parked', parked_at = clock_timestamp(), parked_by = 'bench',
      confirmed_at = coalesce(confirmed_at, clock_timestamp()), offered_until = null,
      parked_until = date_trunc('milliseconds', clock_timestamp() + interval '5 s' + random() * make_interval(secs => $2))
    where workspace_id = $1 and state = 'assigned'`,
    [workspaceId, seconds],
  );
}

interface Gap {
  /** From its time to its return on record, and to its agent having it. */
  returnedMs: number;
  heldMs: number;
  isSame: boolean;
}

/** By the clock of the database alone. */
async function readGaps(db: Pool, workspaceId: string): Promise<Gap[]> {
  const { rows } = await db.query<Gap>(
    `select extract(epoch from e.at - (e.data ->> 'until')::timestamptz)::float8 * 1000 as "returnedMs",
      extract(epoch from a.assigned_at - (e.data ->> 'until')::timestamptz)::float8 * 1000 as "heldMs",
      a.agent_id::text = e.data ->> 'agentId' as "isSame"
    from event e join assignment a on a.workspace_id = $1 and a.conversation_id = e.stream_id and a.ended_at is null
    where e.workspace_id = $1 and e.type = 'conversation.returned'`,
    [workspaceId],
  );
  return rows;
}

function describe(
  size: { parked: number; seconds: number; agents: number },
  gaps: readonly Gap[],
): Section {
  const row = (name: string, found: number[]) => [
    name,
    whole(found.length),
    ms(median(found)),
    ms(percentile(found, 0.99)),
    ms(Math.max(...found)),
  ];
  const same = gaps.filter(({ isSame }) => isSame).length;
  say(`  ${whole(same)} of ${whole(gaps.length)} are with their agent again`);
  return {
    title: 'Back at its time',
    how: `${whole(size.parked)} conversations of ${whole(size.agents)} agents are parked until times spread over ${whole(size.seconds)} s, and two nodes look for them. From its time to its return on record and to an agent having it, by the database’s clock. ${whole(same)} of ${whole(gaps.length)} went back to the agent who parked them.`,
    columns: ['', 'count', 'p50', 'p99', 'most'],
    rows: [
      row(
        'its time → in the queue',
        gaps.map(({ returnedMs }) => returnedMs),
      ),
      row(
        'its time → with an agent',
        gaps.map(({ heldMs }) => heldMs),
      ),
    ],
  };
}

function judge(gaps: readonly Gap[]): Section {
  const back = gaps.map(({ returnedMs }) => returnedMs);
  const most = Math.max(...back);
  const least = Math.min(...back);
  const same = gaps.filter(({ isSame }) => isSame).length;
  return {
    title: 'Held against what is needed',
    how: 'In the queue: from there on it takes what any arrival takes.',
    columns: targetColumns,
    rows: [
      target('in the queue after its time, at most', `≤ ${ms(MOST_MS)}`, ms(most), most <= MOST_MS),
      target('never before its time', '≥ 0 ms', ms(least), least >= 0),
      target('with the same agent', 'all', whole(same), same === gaps.length),
    ],
  };
}

const size = {
  parked: Number(values.parked),
  seconds: Number(values.seconds),
  agents: Number(values.agents),
};
const world = await openWorld();
try {
  const workspaceId = await bringBack(world, size);
  const gaps = await readGaps(world.db, workspaceId);
  if (gaps.length !== size.parked) throw new Error(`${gaps.length} of ${size.parked} came back.`);
  await report('parking', [describe(size, gaps), judge(gaps)]);
} finally {
  await world.close();
}
