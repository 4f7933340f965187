// Agents come and go, and may hold more or less from one moment to the next.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../make-random.ts';
import type { Round } from '../world.ts';

const EVERY_MS = [100, 600] as const;
const MOST_CAPACITY = 5;

export async function moveAgents(round: Round, random: Random): Promise<void> {
  while (!round.isCalm()) {
    await sleep(random.between(...EVERY_MS));
    const agent = random.pick(round.company.agents);
    const availability = random.draw({ online: 70, away: 15, offline: 15 });
    const capacity = Math.floor(random.between(0, MOST_CAPACITY));
    const body = random.chance(0.5) ? { availability } : { capacity };
    await change(round, random, { id: agent?.id ?? '', body });
    const theirs = random.pick(round.qiscus.agents);
    if (theirs !== undefined) theirs.isAvailable = random.chance(0.8);
  }
}

/** So that whoever waits can be served. */
export async function bringAllBack(round: Round, random: Random, capacity: number): Promise<void> {
  for (const agent of round.qiscus.agents) agent.isAvailable = true;
  for (const { id } of round.company.agents) {
    await change(round, random, { id, body: { availability: 'online', capacity } });
  }
}

async function change(
  round: Round,
  random: Random,
  { id, body }: { id: string; body: object },
): Promise<void> {
  await round.ask(random, { method: 'PATCH', path: `/api/v1/agents/${id}`, body });
  round.count('agent changes');
}
