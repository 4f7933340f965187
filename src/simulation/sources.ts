// Where simulated customers come from: the arrivals of each kind, how long they take and how long they wait.
import type { Scenario, ScenarioKind } from '../contract/scenario.ts';
import type { Instant } from '../routing/types.ts';
import { makeGaps, meanRate } from './arrivals.ts';
import { type Draw, makeDraw } from './draw.ts';
import { makeOutcomes, type Outcomes } from './outcomes.ts';
import { makeStreams } from './random.ts';

export interface Source {
  kind: ScenarioKind;
  /** Until the next one, asked once for each; Infinity: nobody comes any more. */
  gap: Draw;
  service: Draw;
  /** null: they wait for ever. */
  patience: Draw | null;
  outcomes: Outcomes;
  /** How many come before the first that counts. */
  uncounted: number;
}

/**
 * Each use of each kind has numbers of its own, so that two policies meet the same customers.
 * `begins`: the instant that the gaps of each kind are added to.
 */
export function makeSources(scenario: Scenario, begins: Instant = 0): Source[] {
  const { seed = 1, kinds, agents } = scenario;
  const streams = makeStreams(seed);
  const names = agents.map(({ name }) => name);
  return kinds.map((kind) => {
    const [gaps, services, patiences] = [streams(), streams(), streams()];
    return {
      kind,
      gap: makeGaps(kind, gaps, begins),
      service: makeDraw(kind.service, services),
      patience: kind.patience === undefined ? null : makeDraw(kind.patience, patiences),
      outcomes: makeOutcomes(names, expectOf(kind, scenario)),
      uncounted: 0,
    };
  });
}

/** A little more than the share of all arrivals that is likely to be of this kind. */
function expectOf(kind: ScenarioKind, { kinds, arrivals }: Scenario): number {
  if (kind.recorded !== undefined) return Math.min(kind.recorded.length, arrivals);
  const all = kinds.reduce((sum, one) => sum + meanRate(one), 0);
  const likely = all === 0 ? 0 : (arrivals * meanRate(kind)) / all;
  return Math.min(arrivals, likely + 5 * Math.sqrt(likely));
}
