// Writes the statement of a report: the facts of a span, each counted by a key and in all.
import {
  type Fact,
  facts,
  itsConversation,
  own,
  type ReportGroup,
  within,
} from './report-facts.ts';

/** $1 the workspace, $2 and $3 the span, $4 the zone, $5 an agent, $6 a team, $7 a channel. */
export function writeReport(by: ReportGroup, narrowed: Narrowed): string {
  const time = calendar[by];
  const sums = counts.map((name) => `coalesce(sum("${name}"), 0)::integer as "${name}"`);
  const only = values.map((name) => `max("${name}") as "${name}"`);
  // Every value has its place in every shape, and values that a shape does not use still need a
  // type.
  const places =
    '$4::text is null or $5::uuid is null or $6::uuid is null or $7::uuid is null or true';
  return `with ${time === undefined ? '' : slots(time)}came as materialized (
      select conversation_id, queued_at, agent_id, team_id, channel_id, plan from conversation c
      where c.workspace_id = $1 and ${within('c.queued_at')}
    ), counted as (
      ${facts.map((fact) => countFact(fact, by, narrowed)).join('\n    union all\n    ')}
    )
    select case when total = 0 then coalesce(${keys[by].text}, 'none') end as key, ${[...sums, ...only].join(', ')}
    from counted where ${places} group by total, key`;
}

const counts = [
  'opened',
  'assigned',
  'closed',
  'abandoned',
  'messagesIn',
  'messagesOut',
  'ratings',
  'firstAnswersMet',
  'firstAnswersMissed',
  'nextAnswersMet',
  'nextAnswersMissed',
  'endsMet',
  'endsMissed',
] as const;
const values = [
  'waitSecondsP50',
  'waitSecondsP90',
  'firstAnswerSecondsP50',
  'firstAnswerSecondsP90',
  'handlingSecondsP50',
  'handlingSecondsP90',
  'ratingAverage',
] as const;

// Sorted and grouped as dates, numbers and ids; written as text only once a group is one row.
const keys: Record<ReportGroup, { key(fact: Fact): string; text: string }> = {
  day: { key: slotOf, text: `to_char(key, 'YYYY-MM-DD')` },
  hour: { key: slotOf, text: `to_char(key, 'FM00')` },
  agent: { key: ({ agent }) => agent, text: 'key::text' },
  team: { key: (fact) => placeOf(fact, 'team_id'), text: 'key::text' },
  channel: { key: (fact) => placeOf(fact, 'channel_id'), text: 'key::text' },
  plan: { key: (fact) => fact.plan ?? placeOf(fact, 'plan'), text: 'key' },
};

// The calendar of the zone is asked for every quarter of an hour of the span and not for every row:
// in every zone, days and hours begin, and clocks change, only then. A row finds its place among
// these by binary search.
const calendar: Partial<Record<ReportGroup, string>> = {
  day: '(at at time zone $4)::date',
  hour: 'extract(hour from at at time zone $4)::integer',
};
const slots = (key: string) => `slot as materialized (
    select array_agg(at order by at) as starts, array_agg(key order by at) as keys
    from (select at, key, lag(key) over (order by at) as before from (select at, ${key} as key
      from generate_series(date_bin('15 minutes', $2, timestamptz '2000-01-01Z'), $3, interval '15 minutes') at) quarter) turn
    where key is distinct from before
  ), `;

function slotOf({ at }: Fact): string {
  return `((select keys from slot))[width_bucket(${at}, (select starts from slot))]`;
}

/** Which filters there are: the conversation is read only for what nothing else knows. */
export interface Narrowed {
  agent: boolean;
  /** Filtered by a team or a channel. */
  place: boolean;
}

function countFact(fact: Fact, by: ReportGroup, narrowed: Narrowed): string {
  const { figures, from, where, agent, value } = fact;
  const key = keys[by].key(fact);
  const wanted = [
    ...(narrowed.agent ? [`${agent} = $5`] : []),
    ...(narrowed.place
      ? [
          `($6::uuid is null or ${placeOf(fact, 'team_id')} = $6)`,
          `($7::uuid is null or ${placeOf(fact, 'channel_id')} = $7)`,
        ]
      : []),
  ];
  const reads = [key, value ?? '', where, ...wanted].join(' ');
  const joined = reads.includes('n.conversation_id') ? itsConversation(aliasOf(fact)) : '';
  const columns = [...counts, ...values].map((name) => {
    const type = (counts as readonly string[]).includes(name) ? 'bigint' : 'float8';
    return `${figures[name] ?? 'null'}::${type} as "${name}"`;
  });
  return `select grouping(key) as total, key, ${columns.join(', ')}
    from (select ${key} as key${value === undefined ? '' : `, ${value} as value`}
      from ${from} ${joined} where ${[where, ...wanted].join(' and ')}) fact
    group by grouping sets ((key), ())`;
}

function aliasOf({ from }: Fact): string {
  return from.split(' ').at(-1) ?? '';
}

function placeOf(fact: Fact, column: 'team_id' | 'channel_id' | 'plan'): string {
  return aliasOf(fact) === 'c' ? `c.${column}` : own(column);
}
