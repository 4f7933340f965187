// The figures of a kind, or of all, with their intervals.
import type { KindResult } from '../contract/scenario.ts';
import { sayAnswers } from './cut-outcomes.ts';
import { batchMeans, quantile, share } from './figures.ts';
import { hasWaited, type Kept, outcomeCodes } from './kept.ts';

/** What a bot ended waited for nobody: the figures are of the others. */
export function sumKept(all: Kept, of: Parameters<typeof sumUp>[1]): KindResult {
  const { kept } = all;
  const ended = countIf(kept, outcomeCodes.bot);
  if (ended === 0) return sumUp(all, of);
  const keep = (_: unknown, nth: number) => kept[nth] !== outcomeCodes.bot;
  const people = {
    waits: all.waits.filter(keep),
    kept: kept.filter(keep),
    servers: all.servers.filter(keep),
    answers: all.answers?.filter(keep) ?? null,
  };
  const botShare = share(ended, kept.length);
  return { ...sumUp(people, of), arrived: kept.length, botShare };
}

function sumUp(
  { waits, kept, servers, answers }: Kept,
  { names, within }: { names: readonly string[]; within: readonly number[] },
): KindResult {
  const arrived = kept.length;
  const taken = listTaken({ waits, kept });
  const waited = batchMeans(
    kept.map((one, nth) =>
      Number(
        one === outcomeCodes.unserved || (one !== outcomeCodes.lost && (waits[nth] as number) > 0),
      ),
    ),
  );
  const wait = batchMeans(taken);
  // In place, now that their order is needed no more: copies of ten million are 80 MB each.
  const sorted = taken.sort();
  const shareOf = (outcome: number) => share(countIf(kept, outcome), arrived);
  return {
    arrived,
    ...{ waitedShare: waited.mean, waitedShareCi: waited.ci },
    ...{ meanWait: wait.mean, meanWaitCi: wait.ci },
    ...{ p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), p99: quantile(sorted, 0.99) },
    lostShare: shareOf(outcomeCodes.lost),
    abandonedShare: shareOf(outcomeCodes.abandoned),
    unservedShare: shareOf(outcomeCodes.unserved),
    ...(answers !== null && { firstAnswer: sumAnswers(answers, arrived) }),
    within: Object.fromEntries(
      within.map((seconds) => [seconds, share(countServed({ waits, kept }, seconds), arrived)]),
    ),
    servedBy: countServers({ kept, servers }, names),
  };
}

/** `filter` would hold ten million of them twice, once as a list of boxed numbers. */
function listTaken({ waits, kept }: Pick<Kept, 'waits' | 'kept'>): Float64Array {
  let count = 0;
  for (const one of kept) if (hasWaited(one)) count += 1;
  const taken = new Float64Array(count);
  let place = 0;
  for (let nth = 0; nth < kept.length; nth += 1) {
    if (!hasWaited(kept[nth])) continue;
    taken[place] = waits[nth] as number;
    place += 1;
  }
  return taken;
}

function sumAnswers(
  answers: Float64Array,
  arrived: number,
): NonNullable<KindResult['firstAnswer']> {
  const known = listKnown(answers);
  const { mean, ci: meanCi } = batchMeans(known);
  return { ...sayAnswers(known.sort(), arrived), mean, meanCi };
}

function listKnown(answers: Float64Array): Float64Array {
  let count = 0;
  for (const one of answers) if (!Number.isNaN(one)) count += 1;
  const known = new Float64Array(count);
  let place = 0;
  for (const one of answers) {
    if (Number.isNaN(one)) continue;
    known[place] = one;
    place += 1;
  }
  return known;
}

function countIf(kept: Uint8Array, outcome: number): number {
  let found = 0;
  for (const one of kept) if (one === outcome) found += 1;
  return found;
}

function countServed({ waits, kept }: Pick<Kept, 'waits' | 'kept'>, seconds: number): number {
  let found = 0;
  for (let nth = 0; nth < kept.length; nth += 1) {
    if (kept[nth] === outcomeCodes.served && (waits[nth] as number) <= seconds) found += 1;
  }
  return found;
}

function countServers(
  { kept, servers }: Pick<Kept, 'kept' | 'servers'>,
  names: readonly string[],
): Record<string, number> {
  const counts = new Float64Array(names.length);
  for (let nth = 0; nth < kept.length; nth += 1) {
    if (kept[nth] === outcomeCodes.served)
      counts[servers[nth] as number] = (counts[servers[nth] as number] ?? 0) + 1;
  }
  const served = counts.reduce((sum, one) => sum + one, 0);
  return Object.fromEntries(
    names.flatMap((name, place) => {
      const its = counts[place] as number;
      return its === 0 ? [] : [[name, its / served]];
    }),
  );
}
