// What a waiting conversation may expect of its plan: when it opens, how long it may take, which limit is near.
import type { PolicyDocument } from '../contract/policy/document.ts';
import type { Plan } from '../contract/policy/plan.ts';
import type { WaitRange } from '../contract/policy/write-words.ts';
import type { Reason } from '../contract/reasons.ts';
import { compileCalendar } from '../routing/calendars/compile-calendar.ts';
import { estimateWait } from '../routing/plans/estimate-wait.ts';
import type { Instant } from '../routing/types.ts';
import type { ConversationRow } from '../store/conversations.ts';
import { readRecentWaits } from '../store/plan-figures.ts';
import type { Db } from '../store/sql.ts';
import { getPolicy } from '../store/workspaces.ts';

type Waiting = Pick<ConversationRow, 'state' | 'plan' | 'planSince' | 'route' | 'queuedAt'>;
const iso = (at: Instant | null) => (at === null ? null : new Date(at).toISOString());

/** Of the plan's hours and limits; none for a conversation that waits in no plan. */
export async function explainLimits(
  db: Db,
  args: { workspaceId: string; conversation: Waiting; now: Instant },
): Promise<Reason[]> {
  const { workspaceId, conversation, now } = args;
  const found = await readPlan(db, { workspaceId, conversation });
  if (found === null) return [];
  const { plan, hours } = found;
  const calendar = hours(now);
  const told: Reason[] = [];
  if (conversation.route?.ends !== undefined) {
    return [{ code: 'ending', plan: plan.name, endReason: conversation.route.ends.reason }];
  }
  if (calendar !== null) {
    const { name, open, changesAt } = calendar;
    const otherwise = plan.hours?.otherwise ?? 'queue';
    told.push({ code: 'hours', calendar: name, open, changesAt: iso(changesAt), otherwise });
  }
  return [...told, ...explainLimit(plan, { conversation, now })];
}

function explainLimit(
  { name, limits }: Plan,
  { conversation, now }: { conversation: Waiting; now: Instant },
): Reason[] {
  if (limits === undefined) return [];
  const { waiting, waitFor } = limits;
  const base = { code: 'limit', plan: name, otherwise: limits.then } as const;
  const told: Reason[] = [];
  const full = conversation.route?.entered?.full?.[name];
  if (waiting !== undefined && full !== undefined) {
    told.push({ ...base, limit: 'waiting', value: waiting, met: full, at: null });
  }
  const since = conversation.planSince?.getTime();
  if (waitFor !== undefined && since !== undefined) {
    const at = since + waitFor * 1000;
    told.push({ ...base, limit: 'waitFor', value: waitFor, met: at <= now, at: iso(at) });
  }
  return told;
}

export interface Outlook {
  /** In seconds from now. */
  waitRange: WaitRange | null;
  opensAt: string | null;
}

export const NO_OUTLOOK: Outlook = { waitRange: null, opensAt: null };

/** What the contact is told where they look. */
export async function foreseeWait(
  db: Db,
  args: { workspaceId: string; conversation: Waiting; now: Instant },
): Promise<Outlook> {
  const { workspaceId, conversation, now } = args;
  const found = await readPlan(db, { workspaceId, conversation });
  if (found === null) return NO_OUTLOOK;
  const { plan, hours } = found;
  const calendar = hours(now);
  const recent = await readRecentWaits(db, { workspaceId, plans: [plan.name] });
  const waited = (now - conversation.queuedAt.getTime()) / 1000;
  const range = estimateWait(recent.get(plan.name) ?? [], waited);
  return {
    waitRange: range && { from: Math.floor(range.from), to: Math.ceil(range.to) },
    opensAt: calendar === null || calendar.open ? null : iso(calendar.changesAt),
  };
}

async function readPlan(
  db: Db,
  {
    workspaceId,
    conversation: { state, plan: name },
  }: { workspaceId: string; conversation: Waiting },
) {
  if (state !== 'waiting' || name === null) return null;
  const { plans = [], calendars = [] } = (await getPolicy(db, workspaceId)) as PolicyDocument;
  const plan = plans.find((one) => one.name === name);
  if (plan === undefined) return null;
  const calendar = calendars.find((one) => one.name === plan.hours?.calendar);
  const hours = (now: Instant) => {
    if (calendar === undefined) return null;
    const compiled = compileCalendar(calendar);
    return {
      ...{ name: calendar.name, open: compiled.isOpen(now), changesAt: compiled.nextChange(now) },
    };
  };
  return { plan, hours };
}
