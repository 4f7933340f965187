// Writes what a routing pass has decided: claims, plans, steps and words, ended assignments, all in one round trip.
import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { decide, Situation } from '../routing/decide.ts';
import { readAwaitKey } from '../routing/needs-key.ts';
import type { Instant } from '../routing/types.ts';
import { sendingUnasked } from '../store/ask-again.ts';
import {
  type Claim,
  type Claiming,
  claiming,
  claimingPlaced,
  type PlacedClaim,
} from '../store/claim.ts';
import { type Placing, placing } from '../store/place-conversations.ts';
import type { PassRow } from '../store/read-pass.ts';
import { type LoadChange, settling } from '../store/roster.ts';
import { greeting, type PlanSaid, sayingWords } from '../store/say-words.ts';
import { type Call, promised } from '../store/sql.ts';
import type { Outcome, RoutingTx } from '../store/tx.ts';
import { settingRound } from '../store/workspaces.ts';
import type { After } from './commit.ts';
import { saidTo } from './greet-assigned.ts';
import { recordPass } from './record-pass.ts';
import type { Roster } from './roster.ts';

export interface Pass {
  assigned: number;
  /** Who was given what, including assignments that ended at that very moment. */
  given: readonly { conversationId: string; agentId: string }[];
  /** Another pass could assign more at once. */
  more: boolean;
  /** Plans have ended conversations, which a verb of its own ends. */
  hasToEnd: boolean;
  /** In how many milliseconds the next hold, wrap-up or pace ends, or a step begins; null: none does by itself. */
  dueInMs: number | null;
}

/** After which a pass tries again what somebody was changing. */
export const RETRY_MS = 20;

/** `more`: more waits than one pass decides about. */
export type Decided = ReturnType<typeof decide> & { situation: Situation; more: boolean };

export interface Passed {
  roster: Roster;
  row: PassRow;
  /** null: nobody is given any. */
  matched: Decided | null;
  /** Placed by this pass, and given to somebody as well. */
  fresh: readonly Placing[];
  /** Placed by it, and given to nobody. */
  others: readonly Placing[];
  /** It has decided about those that it placed; otherwise the next one does, which follows at once. */
  decidesNow: boolean;
  /** Some that wait were never asked about. */
  sendsUnasked: boolean;
  /** As many were placed as one pass places: more may have to be. */
  isCut: boolean;
}

/** One statement, and what its rows make of the pass. */
interface Write {
  call: Call<object>;
  take(rows: readonly object[], pass: Pass): Pass;
}

interface Means {
  workspaceId: string;
  after: After<RoutingTx>;
  roster: Roster;
  row: PassRow;
}

/**
 * Waits for no row that another transaction holds after it has locked one out of turn: the claims of
 * what waited before lock in the order of ids, and whatever places skips what is locked.
 */
export function writePass(
  workspaceId: string,
  after: After<RoutingTx>,
  { roster, row, matched, fresh, others, decidesNow, sendsUnasked, isCut }: Passed,
): Outcome<Pass> {
  const ids = makeIds(matched?.assignments.length ?? 0, row.now);
  const claims = (matched?.assignments ?? []).map((one, index) => {
    return { ...one, assignmentId: ids[index] as string };
  });
  const placings = new Map(fresh.map((one) => [one.conversationId, one]));
  const before = claims.filter(({ conversationId }) => !placings.has(conversationId));
  const placed = claims.flatMap((claim) => {
    const placing = placings.get(claim.conversationId);
    return placing === undefined ? [] : [{ ...placing, ...claim }];
  });
  const means: Means = { workspaceId, after, roster, row };
  const writes = [
    ...(before.length > 0 ? [writeClaims(means, before)] : []),
    ...(claims.length === 0 && row.released.length > 0 ? [writeSettled(means)] : []),
    ...(placed.length > 0 ? [writePlacedClaims(means, placed)] : []),
    ...(others.length > 0 ? writePlaced(means, { others, decidesNow }) : []),
    ...(matched === null ? [] : [...writeRound(means, matched), ...writeGreetings(means, claims)]),
    ...(matched === null ? [] : writeRecord(means, { matched, claims })),
    ...(sendsUnasked ? [writeUnasked(means)] : []),
  ];
  const wrapped = row.released.flatMap((one) => (one.wrapped ? [one.agentId] : []));
  if (wrapped.length > 0) after({ agent: wrapped });
  const { dueInMs, hasToEnd } = row;
  const more = (matched?.more ?? false) || (isCut && fresh.length + others.length > 0);
  const begun: Pass = { assigned: 0, given: claims, more, hasToEnd, dueInMs };
  return {
    calls: writes.map(({ call }) => call),
    answer: (rows) => {
      const done = writes.reduce((pass, { take }, nth) => take(rows[nth] ?? [], pass), begun);
      const waits = row.groups.length + others.length + roster.awaited.ids().size > 0;
      // As agents stand after what was written.
      const freeAt = waits ? roster.nextFreeAt(row.now) : null;
      return freeAt === null ? done : { ...done, dueInMs: sooner(done.dueInMs, freeAt - row.now) };
    },
  };
}

/** Where one of them is not to be had, another pass is due at once. */
function writeClaims(means: Means, claims: readonly Claim[]): Write {
  const call = claiming(claimsOf(means, claims));
  return writeClaimed(means, { call, claims, missing: (pass) => ({ ...pass, more: true }) });
}

/** What has to be given up to somebody who is changing it is tried again soon. */
function writePlacedClaims(means: Means, claims: readonly PlacedClaim[]): Write {
  const call = claimingPlaced({ ...claimsOf(means, claims), claims });
  const missing = (pass: Pass) => ({ ...pass, dueInMs: sooner(pass.dueInMs, RETRY_MS) });
  return writeClaimed(means, { call, claims, missing });
}

function claimsOf({ workspaceId, roster, row }: Means, claims: readonly Claim[]): Claiming {
  const policyVersion = roster.policy().version;
  const { offers, silent } = roster.policy().policy;
  const by = { forced: false, assignedBy: 'router', toldAlone: row.toldAlone };
  const more = { silent, limited: roster.isLimited() };
  return { workspaceId, claims, policyVersion, offers, ...by, ...more };
}

/** `missing`: what follows where fewer were had. */
function writeClaimed(
  { after, roster }: Means,
  {
    call,
    claims,
    missing,
  }: {
    call: ReturnType<typeof claiming>;
    claims: readonly Claim[];
    missing(pass: Pass): Pass;
  },
): Write {
  let assigned = 0;
  const writing = after({
    send: () => assigned > 0,
    conversation: claims.map(({ conversationId }) => conversationId),
    agent: claims.map(({ agentId }) => agentId),
  });
  return {
    call: promised(writing, call),
    take: (rows, pass) => {
      const changes = rows as readonly LoadChange[];
      roster.apply(changes);
      assigned = changes.reduce((sum, { claimed }) => sum + claimed, 0);
      const next = { ...pass, assigned: pass.assigned + assigned };
      return assigned < claims.length ? missing(next) : next;
    },
  };
}

function writePlaced(
  { workspaceId, after, roster, row }: Means,
  { others, decidesNow }: Pick<Passed, 'others' | 'decidesNow'>,
): Write[] {
  const conversation = others.map(({ conversationId }) => conversationId);
  const writing = after({ wake: false, send: true, conversation });
  const ends = others.some(({ route }) => route?.ends !== undefined);
  const dueInMs = others.reduce<number | null>((soonest, { dueAt }) => {
    return dueAt === null ? soonest : sooner(soonest, dueAt.getTime() - row.now);
  }, null);
  const isDue = !decidesNow || (dueInMs !== null && dueInMs <= 0);
  const take: Write['take'] = (rows, pass) => {
    roster.awaited.learn({ awaited: others.flatMap(readAwaited), agents: [] });
    // Those that somebody is changing at this moment are tried again soon.
    const someLeft = rows.length < others.length;
    const next = sooner(pass.dueInMs, dueInMs);
    return {
      ...pass,
      more: pass.more || (isDue && !someLeft),
      hasToEnd: pass.hasToEnd || ends,
      dueInMs: someLeft ? sooner(next, RETRY_MS) : next,
    };
  };
  const call = promised(writing, placing(workspaceId, others));
  return [{ call, take }, ...writeSayings({ workspaceId, after }, others)];
}

/** After the placing, which notes what has been said. */
function writeSayings(
  { workspaceId, after }: Pick<Means, 'workspaceId' | 'after'>,
  placed: readonly Placing[],
): Write[] {
  const sayings = placed.flatMap(({ conversationId, says }) =>
    says.map((one) => ({ conversationId, ...one })),
  );
  if (sayings.length === 0) return [];
  const said: PlanSaid[] = [];
  return [
    { call: promised(after(saidTo(said)), sayingWords(workspaceId, sayings)), take: noting(said) },
  ];
}

/** Who has it now is told to the contact of each, where its plan has words for that. */
function writeGreetings(
  { workspaceId, after, roster }: Means,
  claims: readonly Pick<Claim, 'conversationId'>[],
): Write[] {
  if (!roster.policy().policy.routing?.greets) return [];
  const ids = claims.map(({ conversationId }) => conversationId);
  const said: PlanSaid[] = [];
  return [{ call: promised(after(saidTo(said)), greeting(workspaceId, ids)), take: noting(said) }];
}

function noting(said: PlanSaid[]): Write['take'] {
  return (rows, pass) => {
    said.push(...(rows as readonly PlanSaid[]));
    return pass;
  };
}

/** For whom alone it waits now. */
function readAwaited({ needsKey }: Placing): { agentId: string }[] {
  const awaited = readAwaitKey(needsKey);
  return awaited === null ? [] : [{ agentId: awaited.agentId }];
}

/** Ended assignments; every claim settles them as well. */
function writeSettled({ workspaceId, after, roster }: Means): Write {
  // Agents who are free now were counted in this pass.
  return {
    call: promised(after({ wake: false }), settling(workspaceId, { limited: roster.isLimited() })),
    take: (rows, pass) => {
      roster.apply(rows as readonly LoadChange[]);
      return pass;
    },
  };
}

function writeRound({ workspaceId, roster, row }: Means, { roundRobinAfter }: Decided): Write[] {
  const { takesTurns } = roster.policy().policy;
  if (!takesTurns || roundRobinAfter === row.roundRobinAfter) return [];
  const call = settingRound({ workspaceId, after: roundRobinAfter });
  return [{ call, take: (_rows, pass) => pass }];
}

/** What it decided on, for a replay. */
function writeRecord(
  { workspaceId, roster }: Means,
  { matched: { situation }, claims }: { matched: Decided; claims: readonly Claim[] },
): Write[] {
  const assignmentIds = new Map(claims.map((one) => [one.conversationId, one.assignmentId]));
  const calls = recordPass({ workspaceId, roster, situation, assignmentIds });
  return calls.map((call) => ({ call, take: (_rows, pass) => pass }));
}

/** The rules are asked by the next pass, which follows at once. */
function writeUnasked({ workspaceId, after }: Means): Write {
  return {
    call: promised(after({ wake: false }), sendingUnasked(workspaceId)),
    take: (rows, pass) => {
      return rows.length > 0
        ? { ...pass, more: true }
        : { ...pass, dueInMs: sooner(pass.dueInMs, RETRY_MS) };
    },
  };
}

/** null: never. */
function sooner(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

const RANDOM_BYTES = 16;

/**
 * In growing order, with the random part made once for all: made one by one, ids were a fifth of
 * what a pass computes.
 */
function makeIds(count: number, now: Instant): string[] {
  const random = randomBytes(count * RANDOM_BYTES);
  return Array.from({ length: count }, (_, seq) => {
    return uuid({ msecs: Math.floor(now), seq, random: random.subarray(seq * RANDOM_BYTES) });
  });
}
