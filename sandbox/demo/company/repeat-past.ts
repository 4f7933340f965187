// Makes a week out of a few conversations: each is copied for other customers, at other times.
import { Pool, type PoolClient } from 'pg';
import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import type { PastVisit } from './plan-week.ts';
import { type Door, names, type Tongue } from './stories.ts';

/** A conversation that was held through the doors. */
export interface Told {
  conversationId: string;
  door: Door;
  tongue: Tongue;
  /** What the customer is called in it. */
  firstName: string;
  /** The agents who could have it, besides the one who had it. */
  alsoBy: { agentId: string; name: string } | null;
}

interface Repeat {
  source: string;
  copy: string;
  /** null: as it is. */
  contact: string | null;
  name: string | null;
  old_first: string;
  new_first: string;
  agent: string | null;
  agent_name: string | null;
  began: string;
  wait: number;
  handling: number;
  score: number | null;
}

/** The held ones are the first visits; every further visit is a copy of one of them. */
export async function repeatPast(args: {
  connectionString: string;
  told: readonly Told[];
  visits: readonly PastVisit[];
}): Promise<void> {
  const { connectionString, told, visits } = args;
  const pool = new Pool({ connectionString, max: 1 });
  // What fails is told by the query; a connection that is cut afterwards ends nothing.
  pool.on('error', () => {});
  try {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await writePast(client, planRepeats(told, visits));
      await client.query('commit');
    } finally {
      client.release();
    }
  } finally {
    await pool.end();
  }
}

function planRepeats(told: readonly Told[], visits: readonly PastVisit[]): Repeat[] {
  // Spread, so that neighbours in the list are not the same story.
  const step = Math.max(1, Math.floor(visits.length / told.length));
  const contacts = new Map<string, string>();
  /** A repeated visitor of a channel is the same customer. */
  const contactOf = (key: string): string => {
    const id = contacts.get(key) ?? uuidv4();
    contacts.set(key, id);
    return id;
  };
  return visits.map((visit, n) => {
    const round = Math.floor(n / told.length);
    const first = n % step === 0 ? told[n / step] : undefined;
    if (first !== undefined) return dateTold(first, visit);
    const source = told[n % told.length] as Told;
    const name = nameNew(source.tongue, n, round);
    const isGuest = source.door === 'shop';
    const by = n % 4 === 0 ? null : source.alsoBy;
    return {
      ...dateTold(source, visit),
      copy: uuidv7({ msecs: visit.beganAt.getTime() }),
      contact: isGuest ? uuidv4() : contactOf(`${source.door} ${name}`),
      name: isGuest ? null : name,
      new_first: firstOf(name),
      agent: by?.agentId ?? null,
      agent_name: by?.name ?? null,
    };
  });
}

/** The held conversation itself, at another time. */
function dateTold(told: Told, { beganAt, waitSeconds, handlingSeconds, score }: PastVisit): Repeat {
  return {
    ...{ source: told.conversationId, copy: told.conversationId, contact: null, name: null },
    ...{ old_first: told.firstName, new_first: told.firstName, agent: null, agent_name: null },
    ...{ began: beganAt.toISOString(), wait: waitSeconds, handling: handlingSeconds, score },
  };
}

const firstOf = (name: string) => name.split(' ')[0] ?? name;

/** Another name in the same language: the first name of one person, the last name of another. */
function nameNew(tongue: Tongue, n: number, round: number): string {
  const all = names[tongue];
  const first = all[(n * 7 + round) % all.length] ?? '';
  const last = all[(n * 3 + round * 5 + 1) % all.length] ?? '';
  if (tongue === 'ko') return `${last.slice(0, 1)}${first.slice(1)}`;
  return `${firstOf(first)} ${last.split(' ').slice(1).join(' ')}`;
}

const PLAN = `create temp table past on commit drop as
  select r.*, c.workspace_id, c.contact_id as old_contact, c.agent_id as old_agent, a.name as old_agent_name,
    c.queued_at, c.assigned_at, interval '1 second' * r.wait as waited,
    r.wait / greatest(0.001, extract(epoch from c.assigned_at - c.queued_at)::float8) as wait_scale,
    r.handling / greatest(0.001, extract(epoch from c.closed_at - c.assigned_at)::float8) as talk_scale
  from jsonb_to_recordset($1) as r(source uuid, copy uuid, contact uuid, name text, old_first text, new_first text,
    agent uuid, agent_name text, began timestamptz, wait float8, handling float8, score smallint)
  join conversation c on c.conversation_id = r.source and c.state = 'closed' and c.assigned_at is not null
  join agent a on a.workspace_id = c.workspace_id and a.agent_id = c.agent_id`;

/** Stretches what was held within a second: first the wait, then the messages, in the same order. */
const when = (column: string) => `p.began + case when t.${column} <= p.assigned_at
  then (t.${column} - p.queued_at) * p.wait_scale
  else p.waited + (t.${column} - p.assigned_at) * p.talk_scale end`;
const times = (columns: readonly string[]) =>
  columns.map((column) => `'${column}', ${when(column)}`).join(', ');

const dated: Record<string, readonly string[]> = {
  message: ['created_at'],
  event: ['at'],
  assignment: ['assigned_at', 'confirmed_at', 'ended_at'],
  decision: ['decided_at'],
  conversation: ['queued_at', 'rank_at', 'assigned_at', 'confirmed_at', 'closed_at', 'active_at'],
};

/** An id of the copy, the same wherever the copy is named. */
const idFrom = (column: string) => `md5(t.${column}::text || p.copy::text)::uuid`;
const agentIn = (column: string) =>
  `case when t.${column} = p.old_agent then coalesce(p.agent, t.${column}) else t.${column} end`;
const rename = (text: string) =>
  `replace(replace(${text}, p.old_first, p.new_first), split_part(p.old_agent_name, ' ', 1),
    split_part(coalesce(p.agent_name, p.old_agent_name), ' ', 1))`;

/** What differs from the original, besides the times. */
const changed: Record<string, string> = {
  message: `'message_id', ${idFrom('message_id')}, 'author_id', ${agentIn('author_id')},
    'text', ${rename('t.text')}, 'delivery_id', null`,
  event: `'event_id', gen_random_uuid(), 'data', replace(replace(replace(replace(t.data::text, p.source::text, p.copy::text),
      p.old_contact::text, p.contact::text), p.old_agent::text, coalesce(p.agent, p.old_agent)::text),
      p.old_agent_name, coalesce(p.agent_name, p.old_agent_name))::jsonb`,
  assignment: `'assignment_id', ${idFrom('assignment_id')}, 'agent_id', ${agentIn('agent_id')}`,
  decision: `'assignment_id', ${idFrom('assignment_id')}, 'agent_id', ${agentIn('agent_id')}`,
  conversation: `'contact_id', p.contact, 'external_id', gen_random_uuid(), 'agent_id', ${agentIn('agent_id')}`,
  read_mark: `'up_to_seq', t.up_to_seq`,
  web_conversation: `'ended', true`,
};
const keyOf = (table: string) => (table === 'event' ? 'stream_id' : 'conversation_id');

async function writePast(client: PoolClient, repeats: readonly Repeat[]): Promise<void> {
  await client.query(PLAN, [JSON.stringify(repeats)]);
  await client.query('analyze past');
  await client.query(`insert into contact select (jsonb_populate_record(t, jsonb_build_object(
      'contact_id', p.contact, 'external_id', gen_random_uuid(), 'name', p.name, 'created_at', p.began,
      'seen_at', p.began, 'email', case when t.email is not null and p.name ~ '^[ -~]+$' then replace(lower(p.name), ' ', '.') || '@example.com' end,
      'phone', case when t.phone is not null then '+62 811 200 ' || (1000 + floor(random() * 9000))::text end))).*
    from (select distinct on (contact) * from past where copy <> source order by contact, began) p
    join contact t on t.workspace_id = p.workspace_id and t.contact_id = p.old_contact`);
  for (const [table, fields] of Object.entries(changed)) {
    const at = dated[table];
    const all = [`'${keyOf(table)}', p.copy`, fields, ...(at ? [times(at)] : [])].join(', ');
    await client.query(
      `insert into ${table} select (jsonb_populate_record(t, jsonb_build_object(${all}))).*
      from past p join ${table} t on t.workspace_id = p.workspace_id and t.${keyOf(table)} = p.source where p.copy <> p.source`,
    );
  }
  // The originals last, because the copies are made from their times.
  for (const [table, at] of Object.entries(dated)) {
    await client.query(
      `update ${table} t set ${at.map((one) => `${one} = ${when(one)}`).join(', ')}
      from past p where t.workspace_id = p.workspace_id and t.${keyOf(table)} = p.source and p.copy = p.source`,
    );
  }
  await writePresence(client);
  await client.query(
    `update conversation c set rating_score = p.score,
      rating_comment = case when p.score >= 4 then c.rating_comment end,
      rated_at = case when p.score is not null then c.closed_at + interval '40 seconds' end
    from past p where c.workspace_id = p.workspace_id and c.conversation_id = p.copy`,
  );
}

/**
 * Whoever had conversations was online around them, and at this hour of each day, because the demonstration
 * is open at any: no two of one day are further apart than a night is long. Those of today are online still.
 */
async function writePresence(client: PoolClient): Promise<void> {
  await client.query(`create temp table online on commit drop as
    with had as (
      select workspace_id, coalesce(agent, old_agent) as agent_id, began::timestamptz as since,
        began + interval '1 second' * (wait + handling) as till from past
      union all
      select distinct workspace_id, coalesce(agent, old_agent), now() - d * interval '1 day' - interval '20 minutes',
        now() - d * interval '1 day' + interval '20 minutes' from past, generate_series(0, 7) d
    ), cut as (
      select *, since > coalesce(max(till) over (partition by agent_id order by since rows between unbounded preceding and 1 preceding),
        '-infinity') + interval '7 hours' as is_first from had
    ), numbered as (select *, count(*) filter (where is_first) over (partition by agent_id order by since) as nth from cut)
    select workspace_id, agent_id, min(since) - interval '10 minutes' as since, max(till) + interval '10 minutes' as till
    from numbered group by workspace_id, agent_id, nth`);
  await client.query(`insert into agent_status_change (workspace_id, agent_id, at, availability, cause)
    select o.workspace_id, o.agent_id, c.at, c.availability, 'chosen' from online o
    cross join lateral (values (o.since, 'online'), (o.till, 'offline')) c(at, availability)
    where c.at < (select min(s.at) from agent_status_change s where s.workspace_id = o.workspace_id and s.agent_id = o.agent_id)`);
  await client.query(`update agent a set created_at = least(a.created_at, o.since)
    from (select workspace_id, agent_id, min(since) as since from online group by workspace_id, agent_id) o
    where a.workspace_id = o.workspace_id and a.agent_id = o.agent_id`);
}
