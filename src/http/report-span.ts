// The span of a report: refused where it is empty, too long, or of no known zone.
import type { Actor } from '../access/can.ts';
import { isTimeZone } from '../desk/change-settings.ts';
import { Refused } from '../errors.ts';
import type { ReportSpan } from '../store/reports.ts';
import { TooMuchToReport } from '../store/tally-report.ts';

const LONGEST_DAYS = 400;
const DAY_MS = 86_400_000;
const STATEMENT_TIMEOUT = '57014';

export function readSpan(query: { from: string; to: string; timeZone?: string | undefined }) {
  const [from, to] = [new Date(query.from), new Date(query.to)];
  const { timeZone = 'UTC' } = query;
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (days <= 0) throw new Refused('request.invalid', 'to must be later than from.');
  if (days > LONGEST_DAYS) {
    throw new Refused('request.invalid', `A report spans ${LONGEST_DAYS} days at most.`);
  }
  if (!isTimeZone(timeZone)) {
    throw new Refused('request.invalid', 'timeZone is not known: name one as Asia/Jakarta or UTC.');
  }
  return { from, to, timeZone, days };
}

/** What most reports are of: a span of the caller's workspace, narrowed to an agent, a team or a channel. */
export function readReportSpan(
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  query: Asked,
): ReportSpan {
  const { agentId = null, teamId = null, channelId = null } = query;
  const { from, to, timeZone } = readSpan(query);
  return { workspaceId, from, to, timeZone, agentId, teamId, channelId };
}

type Asked = Parameters<typeof readSpan>[0] &
  Partial<Record<'agentId' | 'teamId' | 'channelId', string | undefined>>;

export function refuseTooMuch(error: { code?: string }): never {
  if (error.code !== STATEMENT_TIMEOUT && !(error instanceof TooMuchToReport)) throw error;
  throw new Refused('request.invalid', 'That is too much for one report: ask for a shorter span.');
}
