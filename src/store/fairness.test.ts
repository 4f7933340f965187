// The report of fairness beside a plain model that looks at every minute.
import fc from 'fast-check';
import type { Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { readFairness } from './fairness.ts';
import { insertWorkspace } from './workspaces.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;
/** Jakarta is seven hours ahead, so its days begin at 17:00. */
const ZONE = 'Asia/Jakarta';
const ZERO = Date.parse('2026-03-01T00:00:00Z');
const SPAN = { from: 300, to: 300 + 3 * DAY };

interface Held {
  agent: number;
  from: number;
  minutes: number | null;
  weight: number;
  undone: boolean;
}
interface World {
  /** By agent: the minutes at which each turns from offline to online and back. */
  turns: number[][];
  held: Held[];
}

const minute = fc.nat({ max: 5 * DAY });
const anyWorld: fc.Arbitrary<World> = fc.integer({ min: 1, max: 4 }).chain((agents) =>
  fc.record({
    turns: fc.array(
      fc.uniqueArray(minute, { maxLength: 6 }).map((turns) => turns.sort((a, b) => a - b)),
      { minLength: agents, maxLength: agents },
    ),
    held: fc.array(
      fc.record({
        agent: fc.nat({ max: agents - 1 }),
        from: minute,
        minutes: fc.option(fc.integer({ min: 1, max: 2000 })),
        weight: fc.integer({ min: 1, max: 3 }),
        undone: fc.boolean(),
      }),
      { maxLength: 12 },
    ),
  }),
);

const at = (minutes: number): Date => new Date(ZERO + minutes * MINUTE);
const dayOf = (minutes: number): string =>
  new Date(ZERO + minutes * MINUTE + 7 * 60 * MINUTE).toISOString().slice(0, 10);

/** Minute by minute. */
function recount({ turns, held }: World) {
  const days = new Map<string, { online: number; weighed: number; given: number }[]>();
  for (let now = SPAN.from; now < SPAN.to; now += 1) {
    const day = dayOf(now);
    const row = days.get(day) ?? turns.map(() => ({ online: 0, weighed: 0, given: 0 }));
    days.set(day, row);
    turns.forEach((moments, agent) => {
      const one = row[agent] as (typeof row)[number];
      const own = held.filter((each) => each.agent === agent);
      one.given += own.filter(({ from, undone }) => from === now && !undone).length;
      if (moments.filter((moment) => moment <= now).length % 2 === 0) return;
      const has = own.filter(
        ({ from, minutes }) => from <= now && (minutes === null || now < from + minutes),
      );
      one.online += 1;
      one.weighed += has.reduce((sum, { weight }) => sum + weight, 0);
    });
  }
  return [...days].map(([day, row]) => {
    const there = row.filter(({ online }) => online > 0);
    return {
      ...{ day, agents: there.length },
      load: spreadOf(there.map(({ online, weighed }) => weighed / online)),
      given: spreadOf(there.map(({ given }) => given)),
    };
  });
}

function spreadOf(values: number[]) {
  if (values.length === 0) return null;
  const sum = values.reduce((a, b) => a + b, 0);
  const squares = values.reduce((a, b) => a + b * b, 0);
  return {
    jain: expect.closeTo(squares === 0 ? 1 : sum ** 2 / (values.length * squares), 9),
    lowest: expect.closeTo(Math.min(...values), 9),
    mean: expect.closeTo(sum / values.length, 9),
    highest: expect.closeTo(Math.max(...values), 9),
  };
}

async function keepTurns(
  pool: Pool,
  agent: { workspaceId: string; agentId: string },
  turns: number[],
) {
  const { workspaceId, agentId } = agent;
  await pool.query(
    `insert into agent (workspace_id, agent_id, name, effective_capacity, ceiling, created_at)
    values ($1, $2, 'Ana', 9, 9, $3)`,
    [workspaceId, agentId, at(0)],
  );
  for (const [turn, moment] of turns.entries()) {
    const availability = turn % 2 === 0 ? 'online' : 'offline';
    await pool.query(
      `insert into agent_status_change (workspace_id, agent_id, at, availability, cause)
      values ($1, $2, $3, $4, 'chosen')`,
      [workspaceId, agentId, at(moment), availability],
    );
  }
}

async function keepHeld(pool: Pool, agent: { workspaceId: string; agentId: string }, held: Held) {
  const { from, minutes, weight, undone } = held;
  const state = undone ? 'undone' : minutes === null ? 'confirmed' : 'ended';
  const ended = minutes === null ? null : at(from + minutes);
  await pool.query(
    `insert into assignment (workspace_id, conversation_id, assignment_id, agent_id, weight, state,
      assigned_by, assigned_at, ended_at) values ($1, $2, $3, $4, $5, $6, 'router', $7, $8)`,
    [agent.workspaceId, uuid(), uuid(), agent.agentId, weight, state, at(from), ended],
  );
}

test('load and what was given are spread as a count of every minute says', async () => {
  const { pool } = await makeDatabase();
  const check = async (world: World) => {
    const workspaceId = uuid();
    const own = { workspaceId, name: 'Test', defaultCapacity: 2, slug: workspaceId };
    await insertWorkspace(pool, own);
    const ids = world.turns.map(() => uuid());
    for (const [nth, agentId] of ids.entries()) {
      await keepTurns(pool, { workspaceId, agentId }, world.turns[nth] as number[]);
    }
    for (const one of world.held) {
      await keepHeld(pool, { workspaceId, agentId: ids[one.agent] as string }, one);
    }
    const span = { workspaceId, timeZone: ZONE, teamId: null };
    const found = await readFairness(pool, { ...span, from: at(SPAN.from), to: at(SPAN.to) });
    expect(found).toEqual(recount(world));
  };
  await fc.assert(fc.asyncProperty(anyWorld, check), { numRuns: 25 });
});
