// Adds up where a policy that is tried leads conversations. Of those that would go elsewhere it keeps the first alone.
import { isDeepStrictEqual } from 'node:util';
import { displayName } from '../contract/display-name.ts';
import {
  type DryRun,
  MAX_MOVED,
  type MovedConversation,
  type Standing,
} from '../contract/policy/dry-run.ts';
import type { TriedRow } from '../store/try-policy.ts';

export interface Tried {
  row: TriedRow;
  from: Standing;
  to: Standing;
}

export function presentMoved({ row, from, to }: Tried, namesContacts: boolean): MovedConversation {
  const { conversationId, state, queuedAt, contact, contactExternalId: externalId } = row;
  const contactName = namesContacts ? displayName({ ...contact, externalId }) : null;
  const arrived = new Date(queuedAt).toISOString();
  return { conversationId, contactName, state, queuedAt: arrived, from, to };
}

type Counts = ReadonlyMap<string | null, number>;

export interface Tally {
  add(chunk: readonly Tried[]): void;
  tried(): number;
  elsewhere(): number;
  /** At most `MAX_MOVED`, in their order. */
  moved(): readonly Tried[];
  /** By rule; by plan, as it is now and as it would be. */
  counts: { rules: Counts; before: Counts; after: Counts };
}

export function makeTally(order: 'longest-waiting' | 'latest'): Tally {
  const [rules, before, after] = [makeCounts(), makeCounts(), makeCounts()];
  const sign = order === 'latest' ? -1 : 1;
  let [tried, elsewhere] = [0, 0];
  let moved: Tried[] = [];
  return {
    counts: { rules, before, after },
    add: (chunk) => {
      tried += chunk.length;
      for (const { from, to } of chunk) {
        bump(rules, to.rule);
        bump(before, from.plan);
        bump(after, to.plan);
      }
      const more = chunk.filter(goesElsewhere);
      elsewhere += more.length;
      const all = [...moved, ...more].sort((a, b) => sign * (a.row.queuedAt - b.row.queuedAt));
      moved = all.slice(0, MAX_MOVED);
    },
    tried: () => tried,
    elsewhere: () => elsewhere,
    moved: () => moved,
  };
}

const makeCounts = () => new Map<string | null, number>();

function bump(counts: Map<string | null, number>, key: string | null): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Another rule alone leads nowhere else. */
function goesElsewhere({ from, to }: Tried): boolean {
  return !isDeepStrictEqual({ ...from, rule: null }, { ...to, rule: null });
}

type Found = Record<'waiting' | 'last', Tally>;

export function countRules(rules: readonly string[], { waiting, last }: Found): DryRun['rules'] {
  const of = ({ counts }: Tally, rule: string) => counts.rules.get(rule) ?? 0;
  return rules.map((rule) => ({ rule, waiting: of(waiting, rule), last: of(last, rule) }));
}

/** The plans of the policy in their order, then those that it has no more. */
export function countPlans(plans: readonly string[], { waiting, last }: Found): DryRun['plans'] {
  const all = [waiting, last].flatMap(({ counts }) => [counts.before, counts.after]);
  const named = new Set<string | null>([...plans, ...all.flatMap((counts) => [...counts.keys()])]);
  const count = (which: 'before' | 'after', plan: string | null) => ({
    waiting: waiting.counts[which].get(plan) ?? 0,
    last: last.counts[which].get(plan) ?? 0,
  });
  return [...named].map((plan) => {
    return { plan, before: count('before', plan), after: count('after', plan) };
  });
}
