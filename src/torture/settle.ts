// After the storm: all is well again, so whoever waits must be given to somebody, all can be ended, and all news arrives.
import { setTimeout as sleep } from 'node:timers/promises';
import { bringAllBack } from './acts/move-agents.ts';
import { operate } from './acts/operate.ts';
import { endRoom, listOpen, tellEndedAgain } from './acts/send-webhooks.ts';
import type { Breach } from './breach.ts';
import type { Random } from './make-random.ts';
import { elapsed, type Round } from './world.ts';

/** Beyond what a round can leave waiting. */
const ENOUGH = 100;
const SERVED_MS = 20_000;
/** A look for lost webhooks comes every ten seconds, and is held up for ten by a server that died over it. */
const ENDED_MS = 60_000;
const TOLD_MS = 120_000;
const LOOK_EVERY_MS = 250;

export interface Settled {
  breaches: Breach[];
  /** How long it took, in milliseconds, until nobody waited any more. */
  servedMs: number;
}

export async function settle(
  round: Round,
  random: Random,
  onPhase: (phase: 'serving' | 'ending' | 'telling') => void,
): Promise<Settled> {
  onPhase('serving');
  await bringAllBack(round, random, ENOUGH);
  const began = elapsed();
  const waiting = () => listWaiting(round);
  const isServed = await until(SERVED_MS, async () => (await waiting()).length === 0);
  const servedMs = elapsed() - began;
  const breaches = isServed ? [] : [await tellStanding(round, await waiting())];
  onPhase('ending');
  const areEnded = await endAll(round, random);
  if (!areEnded && breaches.length === 0) breaches.push(await tellRooms(round));
  onPhase('telling');
  // What is not told by then, the check of the deliveries finds.
  await until(TOLD_MS, async () => (await countUntold(round)) === 0);
  return { breaches, servedMs };
}

async function until(ms: number, isSo: () => Promise<boolean>): Promise<boolean> {
  const end = elapsed() + ms;
  while (!(await isSo())) {
    if (elapsed() > end) return false;
    await sleep(LOOK_EVERY_MS);
  }
  return true;
}

interface Waiting {
  id: string;
  name: string;
  needs: string;
  held: string | null;
}

/** On the channels whose agents all have room. */
function listWaiting({ database, company }: Round): Promise<Waiting[]> {
  return database.read<Waiting>(
    `select conversation_id as id, external_id as name, needs, hold_reason as held from conversation
    where state = 'waiting' and channel_id = any ($1::uuid[]) order by rank_at`,
    [[company.given, company.offered]],
  );
}

async function tellStanding(round: Round, waiting: readonly Waiting[]): Promise<Breach> {
  const agents = await round.database.read<{ name: string; said: string }>(
    `select name, load || ' of ' || effective_capacity || ', ' || availability as said from agent
    where answers_here and deleted_at is null order by name`,
  );
  const first = waiting.at(0);
  return {
    promise: 'queue',
    subject: `conversation ${first?.name}`,
    what: `Of ${waiting.length} that wait it is the first, ${SERVED_MS / 1000} s after the last fault.`,
    story: [
      `It needs ${first?.needs}; held back: ${first?.held ?? 'no'}.`,
      ...agents.map(({ name, said }) => `${name}: ${said}`),
    ],
  };
}

async function endAll(round: Round, random: Random): Promise<boolean> {
  const { database, company } = round;
  const open = await database.read<{ id: string; name: string }>(
    `select conversation_id as id, external_id as name from conversation
    where state <> 'closed' and channel_id = any ($1::uuid[])`,
    [[company.given, company.offered]],
  );
  for (const { id, name } of open) {
    await operate(round, random, {
      ...{ conversation: name, verb: 'close' },
      question: (note) => ({
        ...{ method: 'POST', path: `/api/v1/conversations/${id}/close`, body: { note } },
      }),
    });
  }
  return until(ENDED_MS, async () => {
    const taken = listOpen(round).filter(({ agentId }) => agentId !== null);
    for (const room of taken) await endRoom(round, random, room);
    await tellEndedAgain(round, random);
    if (listOpen(round).length > 0) return false;
    const [left] = await database.read(
      `select 1 from conversation where state <> 'closed' limit 1`,
    );
    return left === undefined;
  });
}

/** What Usher knows of the first of them, of what it has to say of it, and of the agents over there. */
async function tellRooms(round: Round): Promise<Breach> {
  const rooms = listOpen(round);
  const told = await round.database.read<{ said: string }>(
    `with first as (select * from conversation where state <> 'closed' order by queued_at limit 1)
    select format('%s is %s with agent %s, held back: %s until %s', external_id, state, agent_id, hold_reason, held_until) as said from first
    union all select format('its delivery %s is %s after %s attempts, due %s, %s', type, d.state, attempts, due_at, outcome)
      from delivery d join first on stream_id = conversation_id where d.state = 'pending'
    union all select format('%s: load %s of %s, besides %s, %s', name, load, effective_capacity, external_load, availability)
      from agent where not answers_here`,
  );
  const there = round.qiscus.agents.map(
    ({ id, rooms: own }) => `${id} has ${own.size} rooms there`,
  );
  return {
    promise: 'queue',
    subject: `room ${rooms[0]?.id ?? 'that is over'}`,
    what:
      rooms.length > 0
        ? `${rooms.length} rooms are not over ${ENDED_MS / 1000} s after the last fault, although whatever gets an agent is ended.`
        : `All rooms are over, and ${ENDED_MS / 1000} s after the last fault Usher does not know it, although it was told.`,
    story: [...told.map(({ said }) => said), ...there],
  };
}

async function countUntold({ database }: Round): Promise<number> {
  const [row] = await database.read<{ count: number }>(
    `select count(*) from delivery where state = 'pending'`,
  );
  return row?.count ?? 0;
}

/**
 * Lets retries come due at once, which would be made after minutes and hours. While a receiver is away it does not:
 * ten attempts in one outage, which no real clock allows, would be the end of a delivery.
 */
export async function hurryRetries(round: Round, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await sleep(LOOK_EVERY_MS);
    if (round.receivers.some(({ isStruck }) => isStruck)) continue;
    await round.database.read(
      `update delivery set due_at = created_at, behind_until = null
      where state = 'pending' and event_id is not null
        and greatest(due_at, behind_until) > created_at + interval '2 seconds'`,
    );
  }
}
