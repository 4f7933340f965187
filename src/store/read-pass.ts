// All that a routing pass needs to know, in one statement that is sent together with the taking of the lock.
import { kindsWith } from '../contract/channel-kinds.ts';
import { firstOfGroups, type WaitingGroup, type WaitingRow, waitingGroups } from './queue.ts';
import { CHANGED_AGENTS, RELEASES, type Release, type RosterRow } from './roster.ts';
import { type Call, statement } from './sql.ts';

export interface PassRow {
  /** Milliseconds since 1970, by the clock that stamps every row. */
  now: number;
  /** Those changed after the version that is known. */
  agents: RosterRow[];
  released: Release[];
  groups: WaitingGroup[];
  /** The first of the groups that were asked for, at most FIRST_HEADS of each. */
  heads: WaitingRow[];
  roundRobinAfter: string | null;
  /** null: the workspace is gone. */
  policyVersion: number | null;
  /** null: the version that is known is still in force. */
  policy: unknown;
}

/** Some of these are waiting at once under a thousand arrivals a second. */
export const FIRST_HEADS = 16;

const list = (rows: string) => `(select coalesce(json_agg(r), '[]') from (${rows}) r)`;

const readPass_ = statement<PassRow>(
  'read-pass',
  `select extract(epoch from clock_timestamp())::float8 * 1000 as now, ${list(CHANGED_AGENTS)} as agents,
  ${list(RELEASES)} as released, ${list(waitingGroups('$5'))} as groups, ${list(firstOfGroups('$3', FIRST_HEADS))} as heads,
  (select round_robin_after from workspace where workspace_id = $1) as "roundRobinAfter",
  p.version as "policyVersion", p.body as policy
  from (select) one left join lateral (
    select version, case when version > $4 then body end as body
    from policy where workspace_id = $1 order by version desc limit 1) p on true`,
);

/** `version`: of the agents that are known; `needsKeys`: of the groups whose first are wanted. */
export function readingPass(args: {
  workspaceId: string;
  version: number;
  needsKeys: readonly string[];
  policyVersion: number;
}): Call<PassRow> {
  const { workspaceId, version, needsKeys, policyVersion } = args;
  const known = [workspaceId, version, JSON.stringify(needsKeys), policyVersion];
  const values = [...known, kindsWith('desk', 'remote')];
  return { statement: readPass_, values };
}
