// Which of the agents who have a customer transfer it to others, and when, drawn as it comes.
import type { ScenarioKind } from '../contract/scenario.ts';
import { makeDraw } from './draw.ts';
import type { Stream } from './random.ts';

/** One agent has it so long, by itself, and lets others go on with it. */
export interface PlannedTransfer {
  afterMs: number;
  /** How long the customer waits for the next agent before it leaves; null: for ever. */
  patienceMs: number | null;
}

export const NO_TRANSFERS: readonly PlannedTransfer[] = [];

/** null: nobody of this kind is transferred. */
export function drawTransfers(
  { transfers, patience }: ScenarioKind,
  stream: Stream,
): (() => readonly PlannedTransfer[]) | null {
  if (transfers === undefined) return null;
  const { share, most = 1 } = transfers;
  const after = makeDraw(transfers.after, stream);
  const waits = patience === undefined ? null : makeDraw(patience, stream);
  return () => {
    if (stream() >= share) return NO_TRANSFERS;
    const planned: PlannedTransfer[] = [];
    do {
      planned.push({ afterMs: after(), patienceMs: waits?.() ?? null });
    } while (planned.length < most && stream() < share);
    return planned;
  };
}

/** The kind as it asks once it was transferred. */
export function asTransferred(kind: ScenarioKind): ScenarioKind {
  const { team, skills } = kind.transfers?.to ?? {};
  if (team === undefined && skills === undefined) return kind;
  const needs = { ...kind.needs, ...(team !== undefined && { team }), ...(skills && { skills }) };
  return { ...kind, needs };
}
