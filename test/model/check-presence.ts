// What the signs of life of an agent's browsers allow, beside what was recorded and given: it knows nothing of how Usher keeps leases.
import {
  ASLEEP_MS,
  CLOCK_MS,
  type Fact,
  GRACE_MS,
  LEASE_MS,
  LEAVE_GRACE_MS,
} from './presence-world.ts';

/** How long a node may take to learn that a line was closed. */
const LEARNS_WITHIN_MS = 10_000;
/** From the moment at which a pass has read who is present to its commit, on a busy machine. */
const PASS_MS = 500;

export interface Recorded {
  agentId: string;
  /** When the agent was given a conversation. */
  given: number[];
  /** When one was taken back because the agent had left. */
  taken: number[];
  /** Offline for want of a sign of life, and back again. */
  lapses: { at: number; back: number | null }[];
}

/** Each sentence is a breach. */
export function checkPresence(
  { given, taken, lapses }: Omit<Recorded, 'agentId'>,
  browsers: readonly Watched[],
): string[] {
  const gaps = findGaps(browsers);
  const late = given.filter((at) => at > latestEnd(heardBefore(browsers, at + 1)) + PASS_MS);
  const wronged = taken.filter(
    (at) => !gaps.some(({ soonest, back }) => soonest + LEAVE_GRACE_MS <= at && at <= back.to),
  );
  const isKnown = ({ soonest, latest }: Gap) =>
    lapses.some(({ at }) => soonest - CLOCK_MS <= at && at <= latest);
  const early = lapses.filter(
    ({ at, back }) =>
      !gaps.some(
        (gap) => gap.soonest - CLOCK_MS <= at && at <= gap.latest && (back ?? 0) <= gap.back.to,
      ),
  );
  // Back at the very moment at which it ended: either is right.
  const missed = gaps.filter((gap) => gap.latest < gap.back.from && !isKnown(gap));
  return [
    ...late.map((at) => {
      const ms = at - latestEnd(heardBefore(browsers, at + 1));
      return `given ${ms} ms after its presence was over, at ${at}`;
    }),
    ...wronged.map((at) => `taken from somebody present, at ${at}${tellNearest(gaps, at)}`),
    ...early.map(({ at }) => `called gone while present, at ${at}`),
    ...missed.map(({ latest }) => `gone from ${latest}, and never called so`),
  ];
}

/** For whoever has to find out why. */
function tellNearest(gaps: readonly Gap[], at: number): string {
  const far = (gap: Gap) => Math.min(Math.abs(at - gap.soonest), Math.abs(at - gap.back.to));
  const [nearest] = gaps.toSorted((a, b) => far(a) - far(b));
  if (nearest === undefined) return ', who was never gone';
  const { soonest, back } = nearest;
  return `, ${at - soonest} ms after going and ${at - back.to} ms after coming back`;
}

export interface Watched {
  isPhone: boolean;
  facts: readonly Fact[];
}

function heardBefore(browsers: readonly Watched[], at: number): Watched[] {
  return browsers.map(({ isPhone, facts }) => ({
    isPhone,
    facts: facts.filter(({ from }) => from < at),
  }));
}

/** The latest moment at which presence can end, if nothing more is heard. */
function latestEnd(browsers: readonly Watched[]): number {
  const [phones, others] = [
    browsers.filter(({ isPhone }) => isPhone),
    browsers.filter(({ isPhone }) => !isPhone),
  ];
  const asleep = Math.max(...beatsOf(phones).map(({ to }) => to + ASLEEP_MS));
  const lease = Math.max(...beatsOf(others).map(({ to }) => to + LEASE_MS));
  if (browsers.some(({ facts }) => facts.at(-1)?.kind === 'beat')) return Math.max(asleep, lease);
  const left = Math.max(
    ...browsers.map(({ facts }) => facts.at(-1)?.to ?? Number.NEGATIVE_INFINITY),
  );
  return Math.max(asleep, Math.min(lease, left + LEARNS_WITHIN_MS + GRACE_MS));
}

/** The earliest: one browser is enough, and one that was closed counts for the grace, unless it is a phone. */
function soonestEnd(browsers: readonly Watched[]): number {
  const ends = browsers.map(({ isPhone, facts }) => {
    const beat = facts.findLast(({ kind }) => kind === 'beat');
    if (beat === undefined) return Number.NEGATIVE_INFINITY;
    if (isPhone) return beat.from + ASLEEP_MS;
    const last = facts.at(-1);
    const grace = last?.kind === 'left' ? last.from + GRACE_MS : Number.POSITIVE_INFINITY;
    return Math.min(beat.from + LEASE_MS, grace);
  });
  return Math.max(...ends);
}

const beatsOf = (browsers: readonly Watched[]) =>
  browsers.flatMap(({ facts }) => facts.filter(({ kind }) => kind === 'beat'));

/** When the agent was gone, or may have been. */
interface Gap {
  soonest: number;
  latest: number;
  /** The sign of life that ended it. */
  back: { from: number; to: number };
}

function findGaps(browsers: readonly Watched[]): Gap[] {
  // Signs of life of one step have no order.
  const steps = Map.groupBy(beatsOf(browsers), ({ from }) => from);
  return [...steps].flatMap(([from, together]): Gap[] => {
    const heard = heardBefore(browsers, from);
    if (heard.every(({ facts }) => facts.length === 0)) return [];
    const soonest = soonestEnd(heard);
    const back = { from, to: Math.max(...together.map(({ to }) => to)) };
    return soonest > back.to ? [] : [{ soonest, latest: latestEnd(heard), back }];
  });
}
