// What if more came, or fewer: a scenario with so many times as many arrivals. Pure.
import type { Scenario, ScenarioKind } from './scenario.ts';

/** Whom a recorded customer brings along comes within so many seconds of them. */
const NEAR_SECONDS = 300;

/**
 * Of recorded ones every so many is left out or comes several times. The others come near them, so that a busy hour
 * stays one, and are contacts whom nobody knows.
 */
export function changeVolume(scenario: Scenario, factor: number): Scenario {
  if (factor === 1) return scenario;
  const kinds = scenario.kinds.map((kind) => changeKind(kind, factor));
  const left = kinds.filter(({ recorded }) => recorded === undefined || recorded.length > 0);
  const arrivals = Math.max(1, Math.round(scenario.arrivals * factor));
  const known = left.reduce((sum, { recorded }) => sum + (recorded?.length ?? arrivals), 0);
  // Where all are recorded, all of them come.
  const isAllKnown = left.every(({ recorded }) => recorded !== undefined);
  const most = isAllKnown ? known : Math.min(known, arrivals);
  return { ...scenario, kinds: left, arrivals: Math.max(1, most) };
}

function changeKind(kind: ScenarioKind, factor: number): ScenarioKind {
  const { rate, profile, recorded } = kind;
  return {
    ...kind,
    ...(rate !== undefined && { rate: rate * factor }),
    ...(profile && { profile: { ...profile, rates: profile.rates.map((one) => one * factor) } }),
    ...(recorded && repeat(recorded, { ...kind, factor })),
  };
}

function repeat(
  recorded: readonly number[],
  { contacts, factor }: Pick<ScenarioKind, 'contacts'> & { factor: number },
): Pick<ScenarioKind, 'recorded' | 'contacts'> {
  const [first = 0] = recorded;
  const last = recorded.at(-1) ?? first;
  let copies = 0;
  const all = recorded.flatMap((at, nth) => {
    const times = Math.floor((nth + 1) * factor) - Math.floor(nth * factor);
    return Array.from({ length: times }, (_, copy) => {
      if (copy === 0) return { at, contact: contacts?.[nth] ?? null };
      copies += 1;
      const near = at + (spread(copies) * 2 - 1) * NEAR_SECONDS;
      return { at: Math.min(last, Math.max(first, near)), contact: null };
    });
  });
  all.sort((a, b) => a.at - b.at);
  return {
    recorded: all.map(({ at }) => at),
    ...(contacts && { contacts: all.map(({ contact }) => contact) }),
  };
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** In [0, 1), as even as numbers one after the other can be: the same each time, and without a seed. */
function spread(nth: number): number {
  return (nth * GOLDEN) % 1;
}
