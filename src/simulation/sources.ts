// Where simulated customers come from: the arrivals of each kind, how long they take and how long they wait.
import type { Scenario, ScenarioKind } from '../contract/scenario.ts';
import type { Instant } from '../routing/types.ts';
import { makeGaps, meanRate } from './arrivals.ts';
import { type Contacts, type KnownContacts, makeContacts } from './contacts.ts';
import { noTransfers, type TransferCounts } from './count-transfers.ts';
import { type Draw, makeDraw } from './draw.ts';
import { asTransferred, drawTransfers, type PlannedTransfer } from './draw-transfers.ts';
import { makeOutcomes, type Outcomes } from './outcomes.ts';
import { makeStreams, type Stream } from './random.ts';

export interface Source {
  kind: ScenarioKind;
  /** Until the next one, asked once for each; Infinity: nobody comes any more. */
  gap: Draw;
  service: Draw;
  /** null: they wait for ever. */
  patience: Draw | null;
  /** How long after an agent has the next one it answers, alone; null: it is not known. */
  firstAnswer: Draw | null;
  /** How long after an agent has it the next one writes no more; null: it writes to the end. null itself: nobody of them falls silent. */
  quietAfter: (() => number | null) | null;
  /** null: agents transfer nobody of them. */
  transfers: (() => readonly PlannedTransfer[]) | null;
  /** The kind as it asks once it was transferred. */
  transferred: ScenarioKind;
  counts: TransferCounts;
  outcomes: Outcomes;
  /** null: nobody of them comes back. */
  contacts: Contacts | null;
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
  const sources = kinds.map((kind): Source => {
    const [gaps, services, patiences] = [streams(), streams(), streams()];
    return {
      kind,
      gap: makeGaps(kind, gaps, begins),
      service: makeDraw(kind.service, services),
      patience: kind.patience === undefined ? null : makeDraw(kind.patience, patiences),
      outcomes: makeOutcomes(names, {
        expected: expectOf(kind, scenario),
        tellsAnswers: kind.firstAnswer !== undefined,
      }),
      ...{ firstAnswer: null, quietAfter: null, contacts: null, uncounted: 0 },
      ...{ transfers: null, transferred: asTransferred(kind), counts: noTransfers() },
    };
  });
  // After all others, whose numbers stay the same.
  const known: KnownContacts = new Map();
  for (const source of sources) {
    source.contacts = makeContacts(source.kind, { known, stream: streams() });
  }
  for (const source of sources) source.quietAfter = drawQuiet(source.kind, streams());
  for (const source of sources) {
    const { firstAnswer } = source.kind;
    const stream = streams();
    if (firstAnswer !== undefined) source.firstAnswer = makeDraw(firstAnswer, stream);
  }
  for (const source of sources) source.transfers = drawTransfers(source.kind, streams());
  return sources;
}

function drawQuiet({ silent }: ScenarioKind, stream: Stream): Source['quietAfter'] {
  if (silent === undefined) return null;
  const after = makeDraw(silent.after, stream);
  return () => {
    const ms = after();
    return stream() < silent.share ? ms : null;
  };
}

/** A little more than the share of all arrivals that is likely to be of this kind. */
function expectOf(kind: ScenarioKind, { kinds, arrivals }: Scenario): number {
  if (kind.recorded !== undefined) return Math.min(kind.recorded.length, arrivals);
  const all = kinds.reduce((sum, one) => sum + meanRate(one), 0);
  const likely = all === 0 ? 0 : (arrivals * meanRate(kind)) / all;
  return Math.min(arrivals, likely + 5 * Math.sqrt(likely));
}
