// Reads what a race left in the database and answers everything that should never have happened.
import type { ClientBase, Pool } from 'pg';
import { stateRules } from '../../src/torture/read-disagreements.ts';

/** By the name of the rule, what broke it. Nothing anywhere: the guarantees held. */
export type Breaches = Record<string, unknown[]>;

const MOST_TOLD = 5;

/** Needs the notes of race-world.ts, and that all conversations of the workspace need the same. */
export function checkHistory(db: Pool, workspaceId: string): Promise<Breaches> {
  return atLeisure(db, async (client) => ({
    ...(await checkRules(client, workspaceId, historyRules)),
    ...(await checkRules(client, workspaceId, stateRules)),
    'nobody was overtaken': await findOvertakes(client, workspaceId),
  }));
}

/** What can be told of any workspace by Usher's own tables. */
export function checkState(db: Pool, workspaceId: string): Promise<Breaches> {
  return atLeisure(db, (client) => checkRules(client, workspaceId, stateRules));
}

/** Usher's statements are limited in time; those of a judge are not, and know what the race has left. */
async function atLeisure<T>(db: Pool, judge: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = await db.connect();
  try {
    await client.query('set statement_timeout = 0');
    await client.query('analyze');
    return await judge(client);
  } finally {
    client.release(true);
  }
}

/** The same rules without a breach, to compare with. */
export function noBreaches(breaches: Breaches): Breaches {
  return Object.fromEntries(Object.keys(breaches).map((rule) => [rule, []]));
}

async function checkRules(
  db: ClientBase,
  workspaceId: string,
  rules: Record<string, string>,
): Promise<Breaches> {
  const breaches: Breaches = {};
  for (const [rule, sql] of Object.entries(rules)) {
    breaches[rule] = (await db.query(`${sql} limit ${MOST_TOLD}`, [workspaceId])).rows;
  }
  return breaches;
}

// A claim may leave an agent with a load only up to the capacity that stands in the same row, unless a person
// forced it; a lowered capacity takes nothing away. It settles as well, so the load need not have grown. Load counts what has ended
// but is not settled yet, so it is never less than what the agent really held. That is counted again
// below, from the assignments' own times: what had ended by the moment of a claim is not counted, what
// was held is.
const historyRules: Record<string, string> = {
  'no claim passed the capacity': `select h.* from agent_history h
    where (h.claimed or h.load > h.load_before) and h.load > h.capacity and not exists (
      select from event e where e.workspace_id = $1 and e.type = 'conversation.assigned'
        and e.xmin::text::xid8 = h.xid and e.data ->> 'agentId' = h.agent_id::text and (e.data ->> 'forced')::boolean)`,
  'no load passed its ceiling': `select h.* from agent_history h where h.load > h.ceiling or $1::uuid is null`,
  'nobody held more than the capacity when given another': `with claim as (
      select distinct on (h.xid, h.agent_id) h.agent_id, h.capacity, h.xid, (e.data ->> 'forced')::boolean as forced, e.at
      from agent_history h join event e on e.workspace_id = $1 and e.type = 'conversation.assigned'
        and e.xmin::text::xid8 = h.xid and e.data ->> 'agentId' = h.agent_id::text
      where h.claimed
    )
    select c.*, held.count from claim c cross join lateral (
      select count(*) from assignment a where a.workspace_id = $1 and a.agent_id = c.agent_id
        and a.assigned_at <= c.at and (a.ended_at is null or a.ended_at > c.at)) held
    where held.count > c.capacity and not c.forced`,
  'every claim is in the history': `select a.assignment_id from assignment a where a.workspace_id = $1 and not exists (
      select from event e join agent_history h on h.xid = e.xmin::text::xid8 and h.agent_id = a.agent_id and h.claimed
      where e.workspace_id = $1 and e.stream_id = a.conversation_id and e.type = 'conversation.assigned'
        and e.data ->> 'assignmentId' = a.assignment_id::text)`,
};

/** A conversation in one stretch of waiting. */
interface Wait {
  conversationId: string;
  /** Its place in the order of the queue. */
  place: number;
  /** The transactions that began and ended it; null: it waits still. */
  began: number;
  ended: number | null;
}

interface RouterPass {
  xid: number;
  /** The hindmost that it assigned. */
  last: number;
  before: string;
  after: string;
}

// Each event that makes a conversation wait, and the event after it.
const readWaits = `with ranked as (
    select conversation_id, (row_number() over (order by rank_at, conversation_id))::integer as place
    from conversation where workspace_id = $1
  ), told as (
    select stream_id, seq, type, xmin::text::integer as xid,
      lead(xmin::text::integer) over (partition by stream_id order by seq) as next
    from event where workspace_id = $1
  )
  select r.conversation_id as "conversationId", r.place, t.xid as began, t.next as ended
  from told t join ranked r on r.conversation_id = t.stream_id
  where t.type in ('conversation.opened', 'conversation.requeued', 'conversation.transferred')
    and t.next is distinct from t.xid
  order by r.place`;

const readPasses = `with ranked as (
    select conversation_id, (row_number() over (order by rank_at, conversation_id))::integer as place
    from conversation where workspace_id = $1
  ), passes as (
    select d.xmin::text::xid8 as xid, max(r.place) as last
    from decision d join ranked r using (conversation_id) where d.workspace_id = $1 group by 1
  )
  select p.xid::text::integer as xid, p.last,
    (select seen::text from sight s where s.xid = p.xid and place = 'before' order by sight_id limit 1) as before,
    (select seen::text from sight s where s.xid = p.xid and place = 'after' order by sight_id desc limit 1) as after
  from passes p`;

/**
 * An overtake: the pass could see the conversation waiting before it read the queue, nobody had begun
 * to touch it when the pass had made its claims, and one with a later rank was assigned instead. Told
 * by what transactions saw, not by clocks: a pass cannot know of what commits while it decides.
 */
async function findOvertakes(db: ClientBase, workspaceId: string): Promise<unknown[]> {
  await db.query('create index if not exists sight_by_xid on sight (xid)');
  const { rows: waits } = await db.query<Wait>(readWaits, [workspaceId]);
  const { rows: passes } = await db.query<RouterPass>(readPasses, [workspaceId]);
  const overtakes: unknown[] = [];
  for (const pass of passes) {
    const wasSeen = readSight(pass.before);
    const { xmax: untouchedFrom } = parseSnapshot(pass.after);
    for (const wait of waits) {
      if (wait.place >= pass.last) break;
      if (wait.ended === pass.xid) continue;
      const untouched = wait.ended === null || wait.ended >= untouchedFrom;
      if (untouched && wasSeen(wait.began)) overtakes.push({ pass, wait });
    }
  }
  return overtakes.slice(0, MOST_TOLD);
}

function readSight(snapshot: string): (xid: number) => boolean {
  const { xmax, inProgress } = parseSnapshot(snapshot);
  return (xid) => xid < xmax && !inProgress.has(xid);
}

/** `xmin:xmax:xip,xip,…` */
function parseSnapshot(text: string): { xmax: number; inProgress: Set<number> } {
  const [, xmax = '', xip = ''] = text.split(':');
  const inProgress = new Set(xip.split(',').filter(Boolean).map(Number));
  return { xmax: Number(xmax), inProgress };
}
