// Conversations in plans of steps, agents of whom most fit a later step only, and a note of each state that a conversation was committed in.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { expect } from 'vitest';
import type { Random } from '../../sandbox/qiscus/random.ts';
import type { Call } from '../makers/start-test-usher.ts';

interface Step {
  after: number;
  level: number;
  priority?: 'high';
}

/** The steps of no two plans begin together. */
export const plans: Readonly<Record<string, readonly Step[]>> = {
  Quick: [
    { after: 0, level: 5 },
    { after: 1, level: 3 },
    { after: 2, level: 1 },
  ],
  Rising: [
    { after: 0, level: 5 },
    { after: 2, level: 3 },
    { after: 4, level: 1, priority: 'high' },
  ],
  Patient: [
    { after: 0, level: 5 },
    { after: 3, level: 1 },
  ],
};
export const BOOST = { low: 0, normal: 0, high: 3, urgent: 6 };
const staff = [
  ...Array.from({ length: 2 }, () => ({ level: 5, capacity: 2 })),
  ...Array.from({ length: 3 }, () => ({ level: 3, capacity: 2 })),
  ...Array.from({ length: 4 }, () => ({ level: 1, capacity: 3 })),
];
export interface Hired {
  agentId: string;
  level: number;
  capacity: number;
}

const THEN = 'then';

export async function setUp(call: Call): Promise<{ channelId: string; agents: Hired[] }> {
  const make = async (path: string, body: object): Promise<string> => {
    const made = await call('POST', `/api/v1/${path}`, { body });
    expect(made.status, made.text).toBe(201);
    return (made.body as { id: string }).id;
  };
  const skill = await make('skills', { name: 'help' });
  const agents: Hired[] = [];
  for (const { level, capacity } of staff) {
    const agentId = await make('agents', {
      ...{ name: `Agent ${agents.length}`, availability: 'online', capacity },
      ...{ skillIds: [skill], skillLevels: { [skill]: level } },
    });
    agents.push({ agentId, level, capacity });
  }
  const { policy } = (await call('GET', '/api/v1/policy')).body as { policy: object };
  const names = Object.keys(plans);
  const body = {
    ...{ ...policy, boostSeconds: BOOST },
    plans: Object.entries(plans).map(([name, steps]) => ({
      name,
      steps: steps.map(({ level, ...step }) => ({ ...step, skills: { help: level } })),
    })),
    rules: names.map((name, nth) => ({
      ...{ name, [THEN]: { plan: name } },
      ...(nth < names.length - 1 && { when: { field: 'conversation.meta.line', is: name } }),
    })),
  };
  const put = await call('PUT', '/api/v1/policy', { body });
  expect(put.status, put.text).toBe(200);
  return { channelId: await make('channels', { kind: 'api', name: 'Shop' }), agents };
}

// Who writes a waiting conversation's step or gives it away holds the routing lock until the commit,
// so the numbers of these notes are in the order of the passes.
const watching = `
  create table stood (stood_id bigint generated always as identity primary key,
    xid xid8 default pg_current_xact_id(), at timestamptz default clock_timestamp(),
    conversation_id uuid, state text, agent_id uuid, plan text, step smallint, priority text, rank_at timestamptz);
  create function note_standing() returns trigger language plpgsql as $$ begin
    insert into stood (conversation_id, state, agent_id, plan, step, priority, rank_at)
    values (new.conversation_id, new.state, new.agent_id, new.plan, new.plan_step, new.priority, new.rank_at);
    return null;
  end $$;
  create trigger note_standing after insert or update of state, agent_id, plan, plan_step, priority, rank_at
    on conversation for each row execute function note_standing();`;

export async function watchSteps(pool: Pool): Promise<void> {
  await pool.query(watching);
}

export interface Crowd {
  call: Call;
  pool: Pool;
  random: Random;
  channelId: string;
  isOver: () => boolean;
}

/** They come until it is over. Answers how many. */
export async function keepOpening({ call, random, channelId, isOver }: Crowd): Promise<number> {
  const lines = Object.keys(plans);
  let count = 0;
  for (; !isOver(); count += 1) {
    const body = {
      ...{ externalId: `case-${count}`, contact: { externalId: `c-${count}` } },
      meta: { line: random.pick(lines) },
    };
    const opened = await call('POST', `/api/v1/channels/${channelId}/conversations`, { body });
    expect(opened.status, opened.text).toBeLessThan(300);
    await sleep(random.between(20, 150));
  }
  return count;
}

/** Each is closed a while after it was given to somebody, until it is over. */
export async function keepClosing({ call, pool, random, isOver }: Crowd): Promise<void> {
  const closings = new Map<string, Promise<unknown>>();
  while (!isOver()) {
    const { rows } = await pool.query<{ id: string }>(
      `select conversation_id as id from conversation where state = 'assigned'`,
    );
    for (const { id } of rows.filter((row) => !closings.has(row.id))) {
      const close = () => call('POST', `/api/v1/conversations/${id}/close`, { body: {} });
      closings.set(id, sleep(random.between(500, 3000)).then(close));
    }
    await sleep(100);
  }
  await Promise.all(closings.values());
}
