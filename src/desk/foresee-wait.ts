// What a waiting conversation may expect of its plan: when it opens, how long it may take, which limit is near.
import type { PolicyDocument } from '../contract/policy/document.ts';
import type { Plan } from '../contract/policy/plan.ts';
import type { WaitRange } from '../contract/policy/word-wait.ts';
import type { Reason } from '../contract/reasons.ts';
import { compileCalendar } from '../routing/calendars/compile-calendar.ts';
import { estimateWait } from '../routing/plans/estimate-wait.ts';
import type { Instant } from '../routing/types.ts';
import type { ConversationRow } from '../store/conversations.ts';
import { listWaitingInPlans, readRecentWaits } from '../store/plan-figures.ts';
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
  const calendar = hours?.(now) ?? null;
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
  args: { workspaceId: string; conversationId: string; now: Instant },
): Promise<Outlook> {
  const { conversationId, ...rest } = args;
  const outlooks = await foreseeWaits(db, { ...rest, conversationIds: [conversationId] });
  return outlooks.get(conversationId) ?? NO_OUTLOOK;
}

/** By conversation, of those that wait in a plan: three statements, however many they are. */
export async function foreseeWaits(
  db: Db,
  args: { workspaceId: string; conversationIds: readonly string[]; now: Instant },
): Promise<Map<string, Outlook>> {
  const { workspaceId, now } = args;
  if (args.conversationIds.length === 0) return new Map();
  const waiting = await listWaitingInPlans(db, args);
  if (waiting.length === 0) return new Map();
  const names = [...new Set(waiting.map(({ plan }) => plan))];
  const recent = await readRecentWaits(db, { workspaceId, plans: names });
  const policy = (await getPolicy(db, workspaceId)) as PolicyDocument;
  const openings = new Map(names.map((name) => [name, findOpening(policy, name, now)]));
  return new Map(
    waiting.map(({ conversationId, plan, queuedAt }) => {
      const range = estimateWait(recent.get(plan) ?? [], (now - queuedAt.getTime()) / 1000);
      const waitRange = range && { from: Math.floor(range.from), to: Math.ceil(range.to) };
      return [conversationId, { waitRange, opensAt: openings.get(plan) ?? null }];
    }),
  );
}

/** null: it is open, it goes by no hours, or it does not open any more. */
function findOpening(policy: PolicyDocument, name: string, now: Instant): string | null {
  const calendar = findHours(policy, name)?.(now) ?? null;
  return calendar === null || calendar.open ? null : iso(calendar.changesAt);
}

async function readPlan(
  db: Db,
  {
    workspaceId,
    conversation: { state, plan: name },
  }: { workspaceId: string; conversation: Waiting },
) {
  if (state !== 'waiting' || name === null) return null;
  const policy = (await getPolicy(db, workspaceId)) as PolicyDocument;
  const plan = policy.plans?.find((one) => one.name === name);
  return plan === undefined ? null : { plan, hours: findHours(policy, name) };
}

/** null: the plan goes by no calendar. */
function findHours({ plans = [], calendars = [] }: PolicyDocument, name: string) {
  const { hours } = plans.find((one) => one.name === name) ?? {};
  const calendar = calendars.find((one) => one.name === hours?.calendar);
  if (calendar === undefined) return null;
  const compiled = compileCalendar(calendar);
  return (now: Instant) => ({
    ...{ name: calendar.name, open: compiled.isOpen(now), changesAt: compiled.nextChange(now) },
  });
}
