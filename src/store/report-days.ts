// Days that are over, packed: which of them hold, what they hold, and how one is written.
import type { Pool } from 'pg';
import { QUARTERS_OF_DAY } from './local-quarters.ts';
import { packColumns, packTimes, unpackColumns, unpackTimes } from './packed-columns.ts';
import { type Measured, measured } from './report-facts.ts';
import type { Place, Portion, Times } from './report-portion.ts';
import { type Db, query, queryOne, statement } from './sql.ts';

interface StoredDay {
  /** Since 1970. */
  day: number;
  names: string;
  places: Buffer;
  counts: Buffer | null;
  waits: Buffer | null;
  firstAnswers: Buffer | null;
  handlings: Buffer | null;
}

const DAY = (column: string) => `(${column} - date '1970-01-01')`;

const sizes_ = statement<{ day: number; bytes: number }>(
  'sizes-of-report-days',
  `select ${DAY('d.day')} as day, octet_length(d.counts) + octet_length(d.waits) * 3 as bytes from report_day d
  where d.workspace_id = $1 and d.day between date '1970-01-01' + $2::integer and date '1970-01-01' + $3::integer
    and not exists (select from report_day_change x where x.workspace_id = $1 and x.day = d.day)
  order by d.day`,
);

/** The packed days that hold, from the first to the last, and about how many bytes each has. */
export function listPackedDays(
  tx: Db,
  args: { workspaceId: string; first: number; last: number },
): Promise<{ day: number; bytes: number }[]> {
  return query(tx, sizes_, [args.workspaceId, args.first, args.last]);
}

const read_ = statement<StoredDay>(
  'read-report-days',
  `select ${DAY('day')} as day, names, places, case when $4 then counts end as counts,
    case when 'waits' = any ($5::text[]) then waits end as waits,
    case when 'firstAnswers' = any ($5::text[]) then first_answers end as "firstAnswers",
    case when 'handlings' = any ($5::text[]) then handlings end as handlings
  from report_day where workspace_id = $1 and day between date '1970-01-01' + $2::integer and date '1970-01-01' + $3::integer
  order by day`,
);

export async function readPackedDays(
  tx: Db,
  args: {
    workspaceId: string;
    first: number;
    last: number;
    counts: boolean;
    times: readonly Measured[];
  },
): Promise<Portion[]> {
  const { workspaceId, first, last, counts, times } = args;
  return (await query(tx, read_, [workspaceId, first, last, counts, times])).map(unpack);
}

type Names = [agents: string[], teams: string[], channels: string[], plans: string[]];

/** A place is the numbers of its names, from 1; 0: nobody's. */
function packPlaces(places: readonly Place[]): { names: string; places: Buffer } {
  const known = [0, 1, 2, 3].map(() => new Map<string, number>());
  const columns = known.map((names, nth) =>
    places.map((place) => {
      const name = place[nth] ?? null;
      if (name === null) return 0;
      if (!names.has(name)) names.set(name, names.size + 1);
      return names.get(name) ?? 0;
    }),
  );
  return {
    names: JSON.stringify(known.map((names) => [...names.keys()])),
    places: packColumns(columns),
  };
}

function unpack({ day, names, places, counts, ...stored }: StoredDay): Portion {
  const [agents, teams, channels, plans] = JSON.parse(names) as Names;
  const columns = unpackColumns(places);
  const at = (nth: number, row: number) => (columns[nth]?.[row] ?? 0) - 1;
  const times: Portion['times'] = {};
  for (const figure of measured) {
    const bytes = stored[figure];
    if (bytes !== null) times[figure] = unpackMeasured(bytes);
  }
  const [codes = [], quarters = [], of = [], often = []] =
    counts === null ? [] : unpackColumns(counts);
  return {
    base: day * QUARTERS_OF_DAY,
    places: Array.from(columns[0] ?? [], (_, row) => [
      agents[at(0, row)] ?? null,
      teams[at(1, row)] ?? null,
      channels[at(2, row)] ?? '',
      plans[at(3, row)] ?? null,
    ]),
    counts: { codes, quarters, places: of, times: often },
    times,
  };
}

/** Eight bytes for each time, and then when and whose they were. */
function packMeasured({ quarters, places, seconds }: Times): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(seconds.length);
  const columns = packColumns([Array.from(quarters), Array.from(places)]);
  return Buffer.concat([head, packTimes(Array.from(seconds)), columns]);
}

function unpackMeasured(bytes: Buffer): Times {
  const end = 4 + bytes.readUInt32LE() * 8;
  const [quarters = [], places = []] = unpackColumns(bytes.subarray(end));
  return { seconds: unpackTimes(bytes.subarray(4, end)), quarters, places };
}

const state_ = statement<{ day: number; version: number; changes: number[] }>(
  'state-of-report-days',
  `select ${DAY('d.day')} as day, coalesce(p.version, 0) as version,
    array(select x.change_id from report_day_change x where x.workspace_id = $1 and x.day = d.day) as changes
  from (select date '1970-01-01' + n as day from generate_series($2::integer, $3::integer) n) d
  left join report_day p on p.workspace_id = $1 and p.day = d.day`,
);

// An outside system's message may be older than its conversation. While that is open, whose it is changes without
// a sign to the day of the message, so this day is not packed.
const early_ = statement<{ day: number }>(
  'early-report-days',
  `select distinct ${DAY(`(m.created_at at time zone 'UTC')::date`)} as day from message m
  join conversation c on c.workspace_id = $1 and c.conversation_id = m.conversation_id
  where m.workspace_id = $1 and m.created_at >= to_timestamp($2 * 86400.0) and m.created_at < to_timestamp(($3 + 1) * 86400.0)
    and m.kind = 'text' and not m.history and c.state <> 'closed'
    and c.queued_at >= date_trunc('day', m.created_at, 'UTC') + interval '1 day'`,
);

export interface DayState {
  day: number;
  version: number;
  changes: number[];
}

/** How each day stands in this snapshot, without those that cannot be packed now. */
export async function readDayStates(
  tx: Db,
  args: { workspaceId: string; first: number; last: number },
): Promise<DayState[]> {
  const values = [args.workspaceId, args.first, args.last];
  const states = await query(tx, state_, values);
  const early = new Set((await query(tx, early_, values)).map(({ day }) => day));
  return states.filter(({ day }) => !early.has(day));
}

const put_ = statement<{ put: number }>(
  'put-report-day',
  `with put as (
    insert into report_day as d (workspace_id, day, version, names, places, counts, waits, first_answers, handlings)
    select $1, date '1970-01-01' + $2::integer, $3::integer + 1, $5, $6, $7, $8, $9, $10
    from workspace w where w.workspace_id = $1 and w.removed_at is null
    on conflict (workspace_id, day) do update set version = excluded.version, packed_at = now(), names = excluded.names,
      places = excluded.places, counts = excluded.counts, waits = excluded.waits, first_answers = excluded.first_answers,
      handlings = excluded.handlings
    where d.version = $3
    returning day
  ), gone as (
    delete from report_day_change x using put where x.workspace_id = $1 and x.day = put.day and x.change_id = any ($4::bigint[])
  )
  select count(*)::integer as put from put`,
);

/** false: somebody else packed it meanwhile, or the workspace is gone. `state` and `portion` are of one snapshot. */
export async function putDay(
  db: Db,
  { workspaceId, state, portion }: { workspaceId: string; state: DayState; portion: Portion },
): Promise<boolean> {
  const { day, version, changes } = state;
  const { names, places } = packPlaces(portion.places);
  const { codes, quarters, places: of, times } = portion.counts;
  const counts = packColumns([codes, quarters, of, times].map((column) => Array.from(column)));
  const [waits, firstAnswers, handlings] = measured.map((figure) =>
    packMeasured(portion.times[figure] ?? { quarters: [], places: [], seconds: [] }),
  );
  const values = [workspaceId, day, version, changes, names, places];
  const row = await queryOne(db, put_, [...values, counts, waits, firstAnswers, handlings]);
  return row?.put === 1;
}

// An hour after its end nothing is under way any more that began on the day.
const LAST = `(now() at time zone 'UTC' - interval '1 hour')::date - 1`;

const due_ = statement<{ day: number }>(
  'due-report-days',
  `select ${DAY('d.day')} as day from (
    select s::date as day from workspace w cross join lateral generate_series(
      (w.created_at at time zone 'UTC')::date::timestamp, (${LAST})::timestamp, interval '1 day') s
    where w.workspace_id = $1 and not exists (select from report_day p where p.workspace_id = $1 and p.day = s::date)
    union select x.day from report_day_change x where x.workspace_id = $1 and x.day <= ${LAST}
  ) d order by d.day desc limit $2`,
);

/** Days that are over and not packed, or that have changed since: the latest first. */
export async function listDueDays(
  db: Pool,
  { workspaceId, limit }: { workspaceId: string; limit: number },
): Promise<number[]> {
  return (await query(db, due_, [workspaceId, limit])).map(({ day }) => day);
}

const listDue_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-due-report-days',
  `-- across workspaces: one look for all of them
  select w.workspace_id as "workspaceId" from workspace w
  where w.removed_at is null and (
    exists (select from report_day_change x where x.workspace_id = w.workspace_id and x.day <= ${LAST})
    or (select count(*) from report_day p where p.workspace_id = w.workspace_id and p.day <= ${LAST}
        and p.day >= (w.created_at at time zone 'UTC')::date)
      < ${LAST} - (w.created_at at time zone 'UTC')::date + 1)`,
);

export async function listWorkspacesWithDueDays(db: Db): Promise<string[]> {
  return (await query(db, listDue_, [])).map(({ workspaceId }) => workspaceId);
}
