// Everything that a routing pass needs to know, in one statement that is sent together with the
// taking of the lock.

import { kindsWith } from '../contract/channel-kinds.ts';
import {
  type Awaited,
  type AwaitingGroup,
  awaitingGroups,
  NEWLY_AWAITED,
  RELEASED_AGENTS,
} from './awaited.ts';
import { isToldAlone } from './claim.ts';
import { type GroupRow, groupsOf } from './groups.ts';
import { unindexed } from './guide-planner.ts';
import { ROUTER_DUE_IN_MS, type ToPlace, toPlace } from './place-conversations.ts';
import {
  firstOfGroups,
  type GroupToRoute,
  HANDOVER_LAPSED,
  HOLD_ENDS_IN_MS,
  handovers,
  type WaitingRow,
  waitingGroups,
} from './queue.ts';
import { type CostlyFact, type PlacingRow, selectForPlacing } from './read-for-placing.ts';
import {
  CHANGED_AGENTS,
  RELEASES,
  type Release,
  type RosterRow,
  WRAP_UP_ENDS_IN_MS,
} from './roster.ts';
import { HAS_TO_END } from './send-to-rules.ts';
import { type Call, statement } from './sql.ts';

export interface PassRow {
  /** Milliseconds since 1970, by the clock that stamps every row. */
  now: number;
  /** Agents changed after the known version. */
  agents: RosterRow[];
  released: Release[];
  /** For whom alone conversations began to wait after the known version. */
  awaited: Awaited[];
  /** What waits for those alone whose assignments ended, at most FIRST_HEADS of a group; null: not asked for. */
  awaiting: AwaitingGroup[] | null;
  groups: GroupToRoute[];
  /** The heads of the groups that were asked for, at most FIRST_HEADS of each. */
  heads: WaitingRow[];
  /** Those whose plan or step must be found; empty where `placing` has them. */
  toPlace: ToPlace[];
  /** The same with all that placing looks at; null: not asked for. */
  placing: ReadToPlace | null;
  /** In how many milliseconds the next timed hold, handover or wrap-up ends, or a step begins; null: none. */
  dueInMs: number | null;
  /** Some team's conversations go to a department of a mirror. */
  handsOver: boolean;
  /** A mirror has decided alone for long enough. */
  handoverLapsed: boolean;
  /** Plans have ended conversations that are still to be ended. */
  hasToEnd: boolean;
  roundRobinAfter: string | null;
  /** Whether an assignment is told to its channel alone. */
  toldAlone: boolean;
  /** null: the workspace is gone. */
  policyVersion: number | null;
  /** null: the known version is still in force. */
  policy: unknown;
}

export interface ReadToPlace {
  /** One that is due, and was placed by an older policy, stands twice. */
  rows: (ToPlace & PlacingRow)[];
  /** null: not asked for. */
  teams: GroupRow[] | null;
}

/** Under a thousand arrivals a second, some of these wait at the same time. */
export const FIRST_HEADS = 16;

const list = (rows: string) => `(select coalesce(json_agg(r), '[]') from (${rows}) r)`;

const placed = { toPlace: list(toPlace('p.version')), placing: 'null::json' };

const passRow = ({ toPlace, placing, awaiting }: typeof placed & { awaiting: string }) =>
  `select extract(epoch from clock_timestamp())::float8 * 1000 as now, ${list(CHANGED_AGENTS)} as agents,
  ${list(RELEASES)} as released, ${list(NEWLY_AWAITED)} as awaited, ${awaiting} as awaiting,
  ${list(waitingGroups({ remote: '$5', mirrors: '$6' }))} as groups, ${list(firstOfGroups('$3', FIRST_HEADS))} as heads,
  least(${HOLD_ENDS_IN_MS}, ${ROUTER_DUE_IN_MS}, ${WRAP_UP_ENDS_IN_MS}) as "dueInMs", exists (select from ${handovers('$6')} o) as "handsOver",
  ${HANDOVER_LAPSED} as "handoverLapsed", ${HAS_TO_END} as "hasToEnd",
  (select round_robin_after from workspace where workspace_id = $1) as "roundRobinAfter",
  ${isToldAlone('$6')} as "toldAlone",
  p.version as "policyVersion", p.body as policy, ${toPlace} as "toPlace", ${placing} as placing
  from (select) one left join lateral (
    select version, case when version > $4 then body end as body
    from policy where workspace_id = $1 order by version desc limit 1) p on true`;

const rowsToPlace = selectForPlacing({
  which: `${unindexed('state')} = 'waiting'`,
  also: 'g.stale,',
  of: {
    ...{ from: `(${toPlace('p.version')}) g`, id: 'g."conversationId"' },
    ...{ remote: '$5', facts: '$7', visitors: '$8' },
  },
});
const withPlacing = {
  toPlace: `'[]'::json`,
  placing: `json_build_object('rows', ${list(rowsToPlace)}, 'teams', case when $9::boolean then ${list(groupsOf('team'))} end)`,
};

// Where there are no rules, and where nothing waits for one agent alone, the look for it would only
// be begun and ended. Where there are, it saves a round trip: a pass for three arrivals has
// two instead of three.
const readPass_ = statement<PassRow>('read-pass', passRow({ ...placed, awaiting: 'null::json' }));
const readPassPlacing_ = statement<PassRow>(
  'read-pass-placing',
  passRow({ ...withPlacing, awaiting: 'null::json' }),
);
const readPassAwaiting_ = statement<PassRow>(
  'read-pass-awaiting',
  passRow({
    ...withPlacing,
    awaiting: list(awaitingGroups({ agents: RELEASED_AGENTS, remote: '$5', size: FIRST_HEADS })),
  }),
);

/**
 * `version`: of the known agents, and of those who are awaited; `needsKeys`: the groups whose heads are
 * wanted; `placing`: what the rules look at, null where there are none; `awaits`: something waits for one
 * agent alone.
 */
export function readingPass(args: {
  workspaceId: string;
  version: number;
  needsKeys: readonly string[];
  policyVersion: number;
  placing: { facts: readonly CostlyFact[]; teams: boolean } | null;
  awaits: boolean;
}): Call<PassRow> {
  const { workspaceId, version, needsKeys, policyVersion, placing, awaits } = args;
  const known = [workspaceId, version, JSON.stringify(needsKeys), policyVersion];
  const values = [...known, kindsWith('desk', 'remote'), kindsWith('mirrors', true)];
  if (placing === null) return { statement: readPass_, values };
  const asked = [placing.facts, kindsWith('visitors', 'here'), placing.teams];
  const statement = awaits ? readPassAwaiting_ : readPassPlacing_;
  return { statement, values: [...values, ...asked] };
}
