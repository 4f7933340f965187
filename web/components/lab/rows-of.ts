// The rows of a picture: a figure of each kind, plan, team or group of agents, of one run or two. Pure.
import { ownValue } from '../../../src/contract/own-value.ts';
import type { SimulationFigures } from '../../api/shapes.ts';
import type { Estimate } from './compare.ts';

export interface Runs {
  first: SimulationFigures;
  changed: SimulationFigures | null;
}

export interface Row {
  label: string;
  /** null: there is nothing to tell. */
  first: Estimate | null;
  changed: Estimate | null;
}

export type Part = 'kinds' | 'agents' | 'plans' | 'teams';
export type Named<Of extends Part> = NonNullable<SimulationFigures[Of]>[string];

/** A row for each name that one of the runs has. */
export function rowsOf<Of extends Part>(
  { first, changed }: Runs,
  of: Of,
  read: (run: SimulationFigures, name: string, figures: Named<Of>) => Estimate | null,
): Row[] {
  const named = (run: SimulationFigures | null) => (run?.[of] ?? {}) as Record<string, Named<Of>>;
  const at = (run: SimulationFigures | null, name: string) => {
    const figures = ownValue(named(run), name);
    return run === null || figures === undefined ? null : read(run, name, figures);
  };
  const names = new Set([...Object.keys(named(first)), ...Object.keys(named(changed))]);
  return [...names].map((label) => ({
    label,
    first: at(first, label),
    changed: at(changed, label),
  }));
}
