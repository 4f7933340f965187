// Replays of one part of a span after the other, as one. Pure.
import { MAX_MOVED } from '../../../src/contract/policy/dry-run.ts';
import type { Replay } from '../../../src/contract/replays.ts';

/** Of each list. */
export const MOST_SHOWN = 1000;

type Counts = Readonly<Record<string, number>>;

/** `before`: null: nothing was replayed yet. */
export function sumReplays(before: Replay | null, next: Replay): Replay {
  if (before === null) return next;
  const sum = (of: (one: Replay) => number) => of(before) + of(next);
  const join = <Row>(of: (one: Replay) => readonly Row[]) =>
    [...of(before), ...of(next)].slice(0, MOST_SHOWN);
  return {
    ...{ from: before.from, until: next.until, isWhole: next.isWhole },
    against: sumAgainst(before.against, next.against),
    ...{ passes: sum(({ passes }) => passes), decided: sum(({ decided }) => decided) },
    ...{ reproduced: sum((one) => one.reproduced), differing: sum((one) => one.differing) },
    unexplained: sum(({ unexplained }) => unexplained),
    causes: sumCounts(before.causes, next.causes),
    differences: join(({ differences }) => differences),
    byHand: sum(({ byHand }) => byHand),
    moves: join(({ moves }) => moves),
    ...{ missed: sum(({ missed }) => missed), forgotten: sum(({ forgotten }) => forgotten) },
    standing: {
      asked: sum(({ standing }) => standing.asked),
      asPlanned: sum(({ standing }) => standing.asPlanned),
      otherwise: join(({ standing }) => standing.otherwise),
    },
    rules: {
      asked: sum(({ rules }) => rules.asked),
      again: sum(({ rules }) => rules.again),
      causes: sumCounts(before.rules.causes, next.rules.causes),
      matched: toMatched(sumCounts(countRules(before), countRules(next))),
    },
    servers: joinServers([...before.servers, ...next.servers]),
  };
}

function sumAgainst(before: Replay['against'], next: Replay['against']): Replay['against'] {
  if (before === null || next === null) return before ?? next;
  return {
    tried: before.tried + next.tried,
    elsewhere: before.elsewhere + next.elsewhere,
    unknown: before.unknown + next.unknown,
    // The latest first, as within each part.
    moved: [...next.moved, ...before.moved].slice(0, MAX_MOVED),
  };
}

function sumCounts(a: Counts, b: Counts): Record<string, number> {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...names].map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]));
}

const countRules = ({ rules }: Replay): Counts =>
  Object.fromEntries(rules.matched.map(({ rule, count }) => [rule, count]));

const toMatched = (counts: Counts) =>
  Object.entries(counts).map(([rule, count]) => ({ rule, count }));

/** One that decided in two parts of the span is one. */
function joinServers(servers: Replay['servers']): Replay['servers'] {
  const byNode = new Map<string, Replay['servers'][number]>();
  for (const one of servers) {
    const known = byNode.get(one.node);
    const { from, passes } = known ?? { from: one.from, passes: 0 };
    byNode.set(one.node, { ...one, from, passes: passes + one.passes });
  }
  return [...byNode.values()];
}

const MINUTE_MS = 60_000;
const LEAST_PART_MS = 10 * MINUTE_MS;
const MOST_PART_MS = 360 * MINUTE_MS;
const PARTS = 24;

/** How much of a span is asked for at a time: each part reads an hour before it as well. */
export function partOf({ from, until }: { from: number; until: number }): number {
  return Math.min(MOST_PART_MS, Math.max(LEAST_PART_MS, Math.ceil((until - from) / PARTS)));
}
