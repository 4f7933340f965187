// What a waiting conversation may expect of its plan: when it opens, how long it may take, which limit is near.
import { ownValue } from '../contract/own-value.ts';
import type { PolicyDocument } from '../contract/policy/document.ts';
import type { Plan } from '../contract/policy/plan.ts';
import type { ToldRange } from '../contract/policy/word-wait.ts';
import type { Reason } from '../contract/reasons.ts';
import { compileCalendar } from '../routing/calendars/compile-calendar.ts';
import { estimateWait } from '../routing/plans/estimate-wait.ts';
import type { Instant } from '../routing/types.ts';
import type { ConversationRow } from '../store/conversations.ts';
import { listWaitingInPlans, readRecentWaits, type WaitingInPlan } from '../store/plan-figures.ts';
import type { Db } from '../store/sql.ts';
import { type LastTold, listLastTold } from '../store/told-waits.ts';
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
  const full = ownValue(conversation.route?.entered?.full, name);
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
  waitRange: ToldRange | null;
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

/** By conversation, of those that wait, as far as anything is known: four statements, however many they are. */
export async function foreseeWaits(
  db: Db,
  args: { workspaceId: string; conversationIds: readonly string[]; now: Instant },
): Promise<Map<string, Outlook>> {
  const { workspaceId, conversationIds, now } = args;
  if (conversationIds.length === 0) return new Map();
  const last = new Map(
    (await listLastTold(db, { workspaceId, conversationIds })).map((one) => [
      one.conversationId,
      one,
    ]),
  );
  const planned = await listWaitingInPlans(db, args);
  const outlookOf = await readOutlooks(db, { workspaceId, planned, last, now });
  const inNone = [...last.keys()].filter((id) => !outlookOf.has(id));
  return new Map([
    ...outlookOf,
    ...inNone.map((id) => [id, toOutlook(last.get(id), now)] as const),
  ]);
}

async function readOutlooks(
  db: Db,
  args: {
    workspaceId: string;
    planned: readonly WaitingInPlan[];
    last: ReadonlyMap<string, LastTold>;
    now: Instant;
  },
): Promise<Map<string, Outlook>> {
  const { workspaceId, planned, last, now } = args;
  if (planned.length === 0) return new Map();
  // The look that foretells has not come to them yet.
  const fresh = planned.filter(({ conversationId }) => !last.has(conversationId));
  const plans = [...new Set(fresh.map(({ plan }) => plan))];
  const recent = plans.length === 0 ? NONE : await readRecentWaits(db, { workspaceId, plans });
  const policy = (await getPolicy(db, workspaceId)) as PolicyDocument;
  const names = new Set(planned.map(({ plan }) => plan));
  const openings = new Map([...names].map((name) => [name, findOpening(policy, name, now)]));
  return new Map(
    planned.map(({ conversationId, plan, queuedAt }) => {
      const told = last.get(conversationId);
      const waited = (now - queuedAt.getTime()) / 1000;
      const outlook =
        told === undefined
          ? { ...NO_OUTLOOK, waitRange: toRange(estimateWait(recent.get(plan) ?? [], waited)) }
          : toOutlook(told, now);
      const opensAt = openings.get(plan) ?? null;
      // While it is closed, nobody is served.
      return [conversationId, opensAt === null ? outlook : { ...NO_OUTLOOK, opensAt }];
    }),
  );
}

const NONE: ReadonlyMap<string, readonly number[]> = new Map();

/** What was told runs down. */
function toOutlook(last: LastTold | undefined, now: Instant): Outlook {
  if (last === undefined) return NO_OUTLOOK;
  const elapsed = (now - last.toldAt.getTime()) / 1000;
  const { low, middle, high } = last;
  if (low === null || middle === null || high === null || high <= elapsed) {
    return NO_OUTLOOK;
  }
  const range = { from: low - elapsed, middle: middle - elapsed, to: high - elapsed };
  return { ...NO_OUTLOOK, waitRange: toRange(range) };
}

function toRange(range: { from: number; middle: number; to: number } | null): ToldRange | null {
  if (range === null) return null;
  const [from, p50] = [Math.max(0, Math.floor(range.from)), Math.max(0, Math.round(range.middle))];
  return { from, p50, to: Math.max(p50, Math.ceil(range.to)) };
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
export function findHours({ plans = [], calendars = [] }: PolicyDocument, name: string) {
  const { hours } = plans.find((one) => one.name === name) ?? {};
  const calendar = calendars.find((one) => one.name === hours?.calendar);
  if (calendar === undefined) return null;
  const compiled = compileCalendar(calendar);
  return (now: Instant) => ({
    ...{ name: calendar.name, open: compiled.isOpen(now), changesAt: compiled.nextChange(now) },
  });
}
