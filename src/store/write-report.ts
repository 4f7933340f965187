// Writes what statements on the facts of a span are made of: their keys, their filters, their conversations.
import { type Fact, itsConversation, own, type ReportGroup, within } from './report-facts.ts';

// Every value has its place in every shape, and values that a shape does not use still need a
// type.
export const PLACES =
  '($4::text is null or $5::uuid is null or $6::uuid is null or $7::uuid is null or true)';

// $1 the workspace, $2 and $3 the span, $4 the zone, $5 an agent, $6 a team, $7 a channel.
/** CTE: the conversations that came within the span. */
export const CAME = `came as materialized (
      select conversation_id, queued_at, agent_id, team_id, channel_id, plan from conversation c
      where c.workspace_id = $1 and ${within('c.queued_at')}
    )`;

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
/** CTE: `slot`, the keys of the span and since when each holds. */
const slots = (key: string) => `slot as materialized (
    select array_agg(at order by at) as starts, array_agg(key order by at) as keys
    from (select at, key, lag(key) over (order by at) as before from (select at, ${key} as key
      from generate_series(date_bin('15 minutes', $2, timestamptz '2000-01-01Z'), $3, interval '15 minutes') at) quarter) turn
    where key is distinct from before
  ), `;

function slotOf({ at }: Pick<Fact, 'at'>): string {
  return `((select keys from slot))[width_bucket(${at}, (select starts from slot))]`;
}

/** Which filters there are: the conversation is read only for what nothing else knows. */
export interface Narrowed {
  agent: boolean;
  /** Filtered by a team or a channel. */
  place: boolean;
}

/** SQL, for what is grouped by it. */
export function keyOf(fact: Fact, by: ReportGroup): string {
  return keys[by].key(fact);
}

/** SQL: the key as a report names it. */
export function nameOf(by: ReportGroup): string {
  return `coalesce(${keys[by].text}, 'none')`;
}

/** CTE: what `keyOf` needs; nothing where it needs nothing. */
export function slotsOf(by: ReportGroup): string {
  const time = calendar[by];
  return time === undefined ? '' : slots(time);
}

/** SQL: the conditions of the filters. */
export function narrowedTo(fact: Fact, narrowed: Narrowed): string[] {
  return [
    ...(narrowed.agent ? [`${fact.agent} = $5`] : []),
    ...(narrowed.place
      ? [
          `($6::uuid is null or ${placeOf(fact, 'team_id')} = $6)`,
          `($7::uuid is null or ${placeOf(fact, 'channel_id')} = $7)`,
        ]
      : []),
  ];
}

/** SQL: a row for each fact. Its conversation is joined where anything asks for it. */
export function selectFact(
  fact: Fact,
  columns: Record<string, string>,
  wanted: readonly string[],
): string {
  const { from, where } = fact;
  const reads = [...Object.values(columns), where, ...wanted].join(' ');
  const joined = reads.includes('n.conversation_id') ? itsConversation(aliasOf(fact)) : '';
  const named = Object.entries(columns).map(([name, sql]) => `${sql} as ${name}`);
  return `select ${named.join(', ')}
      from ${from} ${joined} where ${[where, ...wanted].join(' and ')}`;
}

export function aliasOf({ from }: Fact): string {
  return from.split(' ').at(-1) ?? '';
}

/** SQL: a column of the fact's conversation. */
export function placeOf(fact: Fact, column: 'team_id' | 'channel_id' | 'plan'): string {
  return aliasOf(fact) === 'c' ? `c.${column}` : own(column);
}
