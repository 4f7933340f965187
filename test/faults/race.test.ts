// Three processes go for the same conversations and agents at once; afterwards the history must be spotless.

import { expect, test } from 'vitest';
import { makeRoster } from '../../src/desk/roster.ts';
import { routeWaiting } from '../../src/desk/route-waiting.ts';
import { claimConversations } from '../../src/store/claim.ts';
import { settleReleased } from '../../src/store/roster.ts';
import { withRoutingLock } from '../../src/store/tx.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { promising } from '../makers/promising.ts';
import { silentDesk } from '../makers/silent-desk.ts';
import { checkHistory, noBreaches } from './check-history.ts';
import { noteLocks } from './note-locks.ts';
import type { WorkerReport, WorkerTask } from './race-worker.ts';
import { makeRaceWorld } from './race-world.ts';
import { readAnswer, startProgram } from './run-program.ts';

const long = process.env.USHER_LONG_TESTS === '1';
const RACE_MS = long ? 120_000 : 10_000;
// 64 at once; connections leave room for the other tests on the same server.
const LANES = [22, 21, 21];
const CONNECTIONS = 16;

const worker = new URL('./race-worker.ts', import.meta.url);

function startWorker(task: WorkerTask): Promise<WorkerReport> {
  return readAnswer<WorkerReport>(startProgram(worker, [JSON.stringify(task)]));
}

function addUp(counts: Record<string, number>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [what, count] of counts.flatMap(Object.entries)) {
    sums[what] = (sums[what] ?? 0) + Number(count);
  }
  return sums;
}

test(
  'no agent is above capacity, no conversation has two agents, none is lost or overtaken, whoever races',
  async () => {
    const { pool, url } = await makeDatabase();
    const { workspaceId } = await makeRaceWorld(pool, { agents: 50, conversations: 10_000 });
    // Not waiting for the disk doubles the races in the same time; what others see is the same.
    const databaseUrl = `${url}?options=${encodeURIComponent('-c synchronous_commit=off')}`;
    const task = { databaseUrl, workspaceId, connections: CONNECTIONS, forMs: RACE_MS };
    const seed = long ? Date.now() % 100_000 : 1;
    const reports = await Promise.all(
      LANES.map((lanes, n) => startWorker({ ...task, lanes, seed: seed + n })),
    );

    expect(reports.flatMap(({ errors }) => errors)).toEqual([]);
    const breaches = await checkHistory(pool, workspaceId);
    expect(breaches, `seed ${seed}`).toEqual(noBreaches(breaches));

    // It was a race: the verbs took effect, and many came too late. Assigning without force succeeds
    // only in the moment before the router fills a freed place, so it is not asked for.
    const done = addUp(reports.map((report) => report.done));
    const refused = addUp(reports.map((report) => report.refused));
    for (const verb of [
      'route',
      'close',
      'close-waiting',
      'force',
      'requeue',
      'transfer',
      'capacity',
    ]) {
      expect(done[verb] ?? 0, verb).toBeGreaterThan(0);
    }

    for (const code of [
      'conversation.closed',
      'conversation.already-assigned',
      'agent.at-capacity',
    ]) {
      expect(refused[code] ?? 0, code).toBeGreaterThan(0);
    }
  },
  6 * RACE_MS + 120_000,
);

test('the checker sees what it is there to see', async () => {
  const { pool } = await makeDatabase();
  const { workspaceId } = await makeRaceWorld(pool, { agents: 3, conversations: 60 });
  await routeWaiting(silentDesk(noteLocks(pool)), { workspaceId, roster: makeRoster(workspaceId) });
  const before = await checkHistory(pool, workspaceId);
  expect(before).toEqual(noBreaches(before));

  // A router that skips the first who waits.
  await pool.query('update agent set capacity = 20, effective_capacity = 20, ceiling = 20');
  const { rows } = await pool.query<{ id: string }>(
    `select conversation_id as id from conversation where state = 'waiting' order by rank_at limit 2`,
  );
  const { rows: agents } = await pool.query<{ id: string }>('select agent_id as id from agent');
  const claims = [
    {
      conversationId: rows[1]?.id ?? '',
      assignmentId: crypto.randomUUID(),
      agentId: agents[0]?.id ?? '',
      weight: 1,
      because: {},
    },
  ];
  await withRoutingLock(pool, workspaceId, async (tx) => {
    await settleReleased(promising(tx), workspaceId);
    await claimConversations(promising(tx), {
      workspaceId,
      claims,
      assignedBy: 'router',
      forced: false,
      policyVersion: 1,
      ...{ offers: {}, silent: [], limited: false },
    });
  });
  // A load beyond the capacity, an end that forgot the assignment, a number left out.
  await pool.query('update agent set load = load + 20, ceiling = 100 where agent_id = $1', [
    agents[1]?.id,
  ]);
  await pool.query(
    `update conversation set state = 'closed', closed_at = now(), event_seq = event_seq + 1
    where conversation_id = (select conversation_id from conversation where state = 'assigned' limit 1)`,
  );

  const breaches = await checkHistory(pool, workspaceId);
  const broken = Object.keys(breaches).filter((rule) => breaches[rule]?.length !== 0);
  expect(broken).toEqual([
    'no claim passed the capacity',
    'each state agrees with the assignments',
    'each state agrees with the last event',
    'events are numbered without a gap',
    'each load is the sum of what is held or unsettled',
    'nobody was overtaken',
  ]);
});
