// A week of the company's work before the demonstration begins: told at once through the doors, then dated back.
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'pg';
import type { Conversation } from '../../../src/contract/conversation.ts';
import type { Crowd } from './customer.ts';
import type { Company } from './found-company.ts';
import { putInShop } from './open-stand-in.ts';
import { SEATS, type Seat, STAND_IN } from './staff.ts';
import { stories } from './stories.ts';
import { type Stage, tellStory } from './tell-story.ts';

const ROUNDS = 3;
const AT_ONCE = 6;
const LOOK_MS = 10;
const DAYS = 6;
/** More messages than any story has. */
const MANY = 1000;

export async function seedPast(args: {
  company: Company;
  crowd: Crowd;
  connectionString: string;
  stop: AbortSignal;
}): Promise<void> {
  const { company, crowd, connectionString, stop } = args;
  const standIn = [...company.staff.values()].find(({ name }) => name === STAND_IN);
  if (standIn !== undefined) await putInShop(company, standIn.agentId, true);
  const ids: string[] = [];
  const stage: Stage = {
    ...{ company, lingersMs: 0, now: () => 0 },
    ...{ pause: async () => stop.throwIfAborted() },
    look: async (id) => {
      await delay(LOOK_MS, null, { signal: stop });
      const now = await company.call<Conversation>('GET', `/api/v1/conversations/${id}`);
      return now.state === 'closed' ? null : now;
    },
    onOpened: ({ conversationId }) => ids.push(conversationId),
    ...{ onRanked: () => {}, onSaid: () => {} },
  };
  const left = Array.from({ length: ROUNDS }, () => stories).flat();
  const tell = async (): Promise<void> => {
    for (let story = left.shift(); story !== undefined; story = left.shift()) {
      const persona = crowd.send(story.tongue);
      if (persona === null) continue;
      await tellStory(stage, story, persona);
      crowd.takeBack(persona);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, tell));
  for (const seat of SEATS) await Promise.all(ids.map((id) => markRead(company, seat, id)));
  await dateBack(connectionString, ids);
}

/** Last week's work is nothing new to those who have worked then. */
async function markRead({ seats }: Company, seat: Seat, id: string): Promise<void> {
  await seats[seat].call('POST', `/api/v1/conversations/${id}/read`, { upToSeq: MANY });
}

/** Each at a time of its own within the opening hours, with a wait and a length as people have them. */
async function dateBack(connectionString: string, ids: readonly string[]): Promise<void> {
  const pool = new Pool({ connectionString, max: 1 });
  try {
    for (const [n, id] of ids.entries()) {
      const spread = (n * 0.618) % 1;
      const minutesAgo = Math.round(n < 8 ? 20 + n * 17 : 240 + spread * DAYS * 1440);
      const waitSeconds = 4 + ((n * 37) % 70);
      const lengthSeconds = 100 + ((n * 53) % 420);
      await dateOneBack(pool, id, { minutesAgo, waitSeconds, lengthSeconds });
    }
  } finally {
    await pool.end();
  }
}

async function dateOneBack(
  pool: Pool,
  id: string,
  past: { minutesAgo: number; waitSeconds: number; lengthSeconds: number },
): Promise<void> {
  const { rows } = await pool.query(
    'select queued_at, assigned_at, closed_at from conversation where conversation_id = $1',
    [id],
  );
  const { queued_at, assigned_at, closed_at } = rows[0];
  const query = (text: string) =>
    pool.query(text, [
      ...[id, queued_at, assigned_at, closed_at],
      ...[past.minutesAgo, past.waitSeconds, past.lengthSeconds],
    ]);
  // Stretched, so that the order stays: first the wait, then the talk.
  const at = (column: string) => `now() - make_interval(mins => $5::int) + case
    when ${column} <= $3 then ($6::float8 * extract(epoch from ${column} - $2::timestamptz)
      / greatest(0.001, extract(epoch from $3::timestamptz - $2::timestamptz))) * interval '1 second'
    else ($6::float8 + $7::float8 * extract(epoch from ${column} - $3::timestamptz)
      / greatest(0.001, extract(epoch from $4::timestamptz - $3::timestamptz))) * interval '1 second' end`;
  const set = (table: string, columns: string[], key = 'conversation_id') =>
    query(
      `update ${table} set ${columns.map((one) => `${one} = ${at(one)}`).join(', ')} where ${key} = $1`,
    );
  await set('message', ['created_at']);
  await set('event', ['at'], 'stream_id');
  await set('assignment', ['assigned_at', 'confirmed_at', 'ended_at']);
  await set('conversation', [
    ...['queued_at', 'rank_at', 'assigned_at', 'confirmed_at', 'closed_at', 'active_at'],
    'rated_at',
  ]);
}
