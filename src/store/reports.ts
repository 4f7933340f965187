// What happened in a span of time, counted from the stored rows: one statement for each way to
// group it.
import type { Pool } from 'pg';
import { reportAllowance } from './report-allowance.ts';
import type { FigureRow, ReportGroup } from './report-facts.ts';
import { type Db, query, type Statement, statement } from './sql.ts';
import { withSnapshot } from './tx.ts';
import { type Narrowed, writeReport } from './write-report.ts';

export interface ReportSpan {
  workspaceId: string;
  from: Date;
  to: Date;
  timeZone: string;
  agentId: string | null;
  teamId: string | null;
  channelId: string | null;
}

const known = new Map<string, Statement<FigureRow>>();

function reportFor(by: ReportGroup, narrowed: Narrowed): Statement<FigureRow> {
  const way = `${by}${narrowed.agent ? '-of-agent' : ''}${narrowed.place ? '-of-place' : ''}`;
  const made =
    known.get(way) ?? statement<FigureRow>(`report-by-${way}`, writeReport(by, narrowed));
  known.set(way, made);
  return made;
}

const groups: ReportGroup[] = ['day', 'hour', 'agent', 'team', 'channel', 'plan'];
for (const by of groups) reportFor(by, { agent: false, place: false });

/** The totals, and a row for each key that has any facts, in no order. */
export function readReport(pool: Pool, by: ReportGroup, span: ReportSpan): Promise<FigureRow[]> {
  const { workspaceId, from, to, timeZone, agentId, teamId, channelId } = span;
  const place = teamId !== null || channelId !== null;
  const report = reportFor(by, { agent: agentId !== null, place });
  return withSnapshot(pool, reportAllowance, (tx) =>
    query(tx, report, [workspaceId, from, to, timeZone, agentId, teamId, channelId]),
  );
}

const names_ = {
  agent: statement<{ id: string; name: string }>(
    'report-agent-names',
    'select agent_id as id, name from agent where workspace_id = $1',
  ),
  team: statement<{ id: string; name: string }>(
    'report-team-names',
    'select team_id as id, name from team where workspace_id = $1',
  ),
  channel: statement<{ id: string; name: string }>(
    'report-channel-names',
    'select channel_id as id, name from channel where workspace_id = $1',
  ),
};

/** Also the names of those that are gone, as far as they are known. */
export async function readNames(
  db: Db,
  kind: keyof typeof names_,
  workspaceId: string,
): Promise<Map<string, string>> {
  const rows = await query(db, names_[kind], [workspaceId]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
