// Conversations that are offered, and agents who accept, decline or let them pass, over whichever server answers.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { expect } from 'vitest';
import type { Random } from '../../sandbox/qiscus/random.ts';
import type { Call } from '../makers/start-test-usher.ts';

/** The shortest that a plan may ask for. */
export const WITHIN_SECONDS = 5;
export const CAPACITY = 2;
const AGENTS = 6;
const THEN = 'then';

export interface Asked {
  agentId: string;
  token: string;
}

export async function setUp(call: Call): Promise<{ channelId: string; agents: Asked[] }> {
  const make = async <T>(path: string, body: object): Promise<T> => {
    const made = await call('POST', `/api/v1/${path}`, { body });
    expect(made.status, made.text).toBe(201);
    return made.body as T;
  };
  const agents: Asked[] = [];
  for (let nth = 0; nth < AGENTS; nth += 1) {
    const name = `Agent ${nth}`;
    const online = { name, availability: 'online', capacity: CAPACITY };
    const { id: agentId } = await make<{ id: string }>('agents', online);
    const { token } = await make<{ token: string }>('tokens', { name, role: 'agent', agentId });
    agents.push({ agentId, token });
  }
  const { policy } = (await call('GET', '/api/v1/policy')).body as { policy: object };
  const offer = { within: WITHIN_SECONDS, misses: 20 };
  const put = await call('PUT', '/api/v1/policy', {
    body: {
      ...policy,
      plans: [{ name: 'Asked', steps: [{ after: 0 }], offer }],
      rules: [{ name: 'Everybody', [THEN]: { plan: 'Asked' } }],
    },
  });
  expect(put.status, put.text).toBe(200);
  const { id: channelId } = await make<{ id: string }>('channels', { kind: 'api', name: 'Shop' });
  return { channelId, agents };
}

export interface Crowd {
  call: Call;
  pool: Pool;
  random: Random;
  isOver: () => boolean;
}

/** They come until it is over. Answers how many. */
export async function keepOpening(args: Crowd & { channelId: string }): Promise<number> {
  const { call, random, channelId, isOver } = args;
  let count = 0;
  for (; !isOver(); count += 1) {
    const body = { externalId: `case-${count}`, contact: { externalId: `c-${count}` } };
    const opened = await call('POST', `/api/v1/channels/${channelId}/conversations`, { body });
    expect(opened.status, opened.text).toBeLessThan(300);
    await sleep(random.between(100, 500));
  }
  return count;
}

/** An answer that the server has confirmed. */
export interface Confirmed {
  assignmentId: string;
  verdict: 'accepted' | 'declined';
}

/**
 * Each offer is accepted, declined or let pass, at any moment of its time and a little later; what was
 * accepted is closed a while after. `obliging`: everything is accepted at once.
 */
export async function keepAnswering(
  args: Crowd & { agents: readonly Asked[]; obliging: () => boolean },
): Promise<Confirmed[]> {
  const { call, pool, random, agents, isOver, obliging } = args;
  const confirmed: Confirmed[] = [];
  const answers = new Map<string, Promise<unknown>>();
  const say = async (id: string, agentId: string, verb: 'accept' | 'decline') => {
    const token = agents.find((one) => one.agentId === agentId)?.token ?? '';
    return (await call('POST', `/api/v1/conversations/${id}/${verb}`, { token })).status === 200;
  };
  const answer = async ({ id, agentId, assignmentId }: Standing): Promise<void> => {
    const mood = obliging() ? 'accept' : random.pick(['accept', 'decline', 'decline', 'miss']);
    if (mood === 'miss') return;
    await sleep(obliging() ? 0 : random.between(0, WITHIN_SECONDS * 1000 + 300));
    if (!(await say(id, agentId, mood as 'accept' | 'decline'))) return;
    confirmed.push({ assignmentId, verdict: mood === 'accept' ? 'accepted' : 'declined' });
    if (mood !== 'accept') return;
    await sleep(random.between(200, 1500));
    await call('POST', `/api/v1/conversations/${id}/close`, { body: {} });
  };
  while (!isOver()) {
    for (const one of await listStanding(pool)) {
      if (!answers.has(one.assignmentId)) answers.set(one.assignmentId, answer(one));
    }
    await sleep(100);
  }
  await Promise.all(answers.values());
  return confirmed;
}

interface Standing {
  id: string;
  agentId: string;
  assignmentId: string;
}

async function listStanding(pool: Pool): Promise<Standing[]> {
  const { rows } = await pool.query<Standing>(
    `select conversation_id as id, agent_id as "agentId", assignment_id as "assignmentId"
    from assignment where ended_at is null and state = 'pending'`,
  );
  return rows;
}
