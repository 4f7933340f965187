// The mean of independent runs, with its interval.
import type { Estimate } from '../contract/scenario.ts';
import { studentT } from './student-t.ts';

/** Of at least two runs (Law, Simulation Modeling and Analysis, 9.4.1). */
export function estimate(values: readonly number[]): Estimate {
  const runs = values.length;
  if (runs < 2) throw new Error('One run shows no interval.');
  const mean = values.reduce((sum, one) => sum + one, 0) / runs;
  const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return { mean, ci: studentT(runs - 1) * Math.sqrt(squares / (runs - 1) / runs) };
}
