// How the targets of a conversation stand after what has been said: which are open, what is to be told, which were met or missed. Pure.
import {
  type Awaits,
  findFirst,
  type Line,
  type OpenTarget,
  type Talk,
  type TargetState,
} from '../../contract/targets.ts';
import type { Instant } from '../types.ts';
import { type Answer, hearTalk, silence } from './hear-talk.ts';
import { isInTime } from './judge-target.ts';
import { readTargets, type Target, type TargetRules } from './read-targets.ts';

export interface TargetNews {
  event: 'conversation.due-soon' | 'conversation.overdue';
  target: Pick<OpenTarget, 'kind' | 'since' | 'dueAt'>;
}

export interface TargetResult extends Pick<OpenTarget, 'kind' | 'since' | 'dueAt'> {
  met: boolean;
  /** When it was done, or was due. */
  decidedAt: Instant;
  agentId: string | null;
}

export interface Followed {
  state: TargetState;
  awaits: Awaits;
  /** The open target that is due first. */
  first: OpenTarget | null;
  /** When the next one becomes due soon or overdue; it may be past. null: none does. */
  turnAt: Instant | null;
  news: readonly TargetNews[];
  results: readonly TargetResult[];
}

export interface Following {
  rules: TargetRules;
  /** null: it had no targets before. What was answered then says nothing about anybody. */
  before: TargetState | null;
  /** What has been said since. */
  lines: readonly Line[];
  enteredAt: Instant;
  endedAt: Instant | null;
  /** Who has or had it. */
  agentId: string | null;
}

/** A target of a conversation, and how it ended; `doneBy`: who answered, or had it at its end. */
type Followable = Target & Pick<OpenTarget, 'told'> & { doneBy: string | null };

/** What is told depends on the moments alone, not on when they are looked at. */
export function followTargets(following: Following, now: Instant): Followed {
  const { before, lines } = following;
  const { talk, answers } = hearTalk(before ?? silence, lines);
  const all = list(following, { talk, answers: before === null ? [] : answers });
  const heard = all.map((target) => tell(target, now));
  const targets = heard.map(({ target }) => target);
  return {
    state: { ...talk, open: targets.filter(mayGoOn).map(keep) },
    awaits: findAwaits(following.rules, talk),
    ...findNext(targets.filter(isOpen).map(keep)),
    news: heard.flatMap(({ news }) => news),
    results: heard.flatMap(({ target }) => judge(target, following)),
  };
}

/** For a conversation that is placed in its plan: what has come due is told later. */
export function planTargets(following: Following): Omit<Followed, 'news' | 'results'> {
  const { talk } = hearTalk(following.before ?? silence, following.lines);
  const open = list(following, { talk, answers: [] }).filter(isOpen).map(keep);
  return { state: { ...talk, open }, awaits: findAwaits(following.rules, talk), ...findNext(open) };
}

/** Open ones, and those that these answers or the end have done. */
function list(
  { rules, before, enteredAt, endedAt, agentId }: Following,
  { talk, answers }: { talk: Talk; answers: readonly Answer[] },
): Followable[] {
  const moments = { enteredAt, endedAt, firstAnswerAt: null, contactWroteAt: [] };
  const targets: Followable[] = [];
  const add = (target: Target | undefined, doneBy: string | null) => {
    if (target !== undefined) targets.push({ ...keepTold(target, before), doneBy });
  };
  const first = answers.find(({ kind }) => kind === 'firstAnswer');
  if (talk.firstAnswerAt === null || first !== undefined) {
    const read = readTargets(rules, { ...moments, firstAnswerAt: talk.firstAnswerAt });
    add(
      read.find(({ kind }) => kind === 'firstAnswer'),
      first?.agentId ?? null,
    );
  }
  const firstAnswerAt = talk.firstAnswerAt;
  const next = (since: Instant) =>
    readTargets(rules, { ...moments, firstAnswerAt, contactWroteAt: [since] }).find(
      ({ kind }) => kind === 'nextAnswer',
    );
  for (const { kind, since, at, agentId: by } of answers) {
    const target = kind === 'nextAnswer' && since !== null ? next(since) : undefined;
    add(target && { ...target, doneAt: at, droppedAt: null }, by);
  }
  if (talk.owedSince !== null) add(next(talk.owedSince), null);
  add(
    readTargets(rules, moments).find(({ kind }) => kind === 'end'),
    agentId,
  );
  return targets;
}

/** What was told to be overdue stays so, whatever a new policy says. */
function keepTold(target: Target, before: TargetState | null): Target & Pick<OpenTarget, 'told'> {
  const { kind, since } = target;
  const known = before?.open.find((one) => one.kind === kind && one.since === since);
  if (known === undefined) return { ...target, told: 0 };
  const { told, soonAt, dueAt } = known;
  return told === 2 ? { ...target, soonAt, dueAt, told } : { ...target, told };
}

function isOpen({ doneAt, droppedAt }: Target): boolean {
  return doneAt === null && droppedAt === null;
}

/** What only the end of the conversation ended goes on when that is taken back. */
function mayGoOn(target: Target): boolean {
  return isOpen(target) || target.kind === 'end' || target.droppedAt !== null;
}

function keep({ kind, since, soonAt, dueAt, told }: Followable): OpenTarget {
  return { kind, since, soonAt, dueAt, told };
}

/** Each once: that it came so near, or was missed, is told also of one that is done meanwhile. */
function tell(target: Followable, now: Instant): { target: Followable; news: TargetNews[] } {
  const { kind, since, soonAt, dueAt, doneAt, droppedAt, told } = target;
  const until = doneAt ?? droppedAt ?? now;
  const reached = until >= dueAt ? 2 : until >= soonAt ? 1 : 0;
  const events: TargetNews['event'][] = [];
  if (told < 1 && reached >= 1) events.push('conversation.due-soon');
  if (told < 2 && reached >= 2) events.push('conversation.overdue');
  return {
    target: { ...target, told: Math.max(told, reached) as OpenTarget['told'] },
    news: events.map((event) => ({ event, target: { kind, since, dueAt } })),
  };
}

function judge(target: Followable, { before, agentId }: Following): TargetResult[] {
  const { kind, since, dueAt, doneAt, doneBy, told } = target;
  const it = { kind, since, dueAt };
  if (doneAt !== null && isInTime(target, doneAt)) {
    return [{ ...it, met: true, decidedAt: doneAt, agentId: doneBy }];
  }
  const known = before?.open.some((one) => {
    return one.kind === kind && one.since === since && one.told === 2;
  });
  return told === 2 && !known ? [{ ...it, met: false, decidedAt: dueAt, agentId }] : [];
}

function findAwaits({ targets = {} }: TargetRules, talk: Talk): Awaits {
  const { firstAnswer, nextAnswer } = targets;
  if (talk.firstAnswerAt === null) {
    return firstAnswer === undefined && nextAnswer === undefined ? 'end' : 'agent';
  }
  if (nextAnswer === undefined) return 'end';
  return talk.owedSince === null ? 'contact' : 'agent';
}

function findNext(open: readonly OpenTarget[]): Pick<Followed, 'first' | 'turnAt'> {
  const turns = open.flatMap(({ told, soonAt, dueAt }) => [soonAt, dueAt].slice(told));
  return {
    first: findFirst({ open }),
    turnAt: turns.length === 0 ? null : Math.min(...turns),
  };
}
