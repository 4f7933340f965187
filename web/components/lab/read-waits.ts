// How long those waited whom a kind, plan, team or group of agents stands for, until they were served and until the first answer. Pure.
import type { SimulationFigures } from '../../api/shapes.ts';
import { type Estimate, ofOneRun, overRuns } from './compare.ts';
import { type Part, type Row, type Runs, rowsOf } from './rows-of.ts';

export const waitFigures = ['meanWait', 'p95', 'firstAnswer', 'firstAnswerP95'] as const;
export type WaitFigure = (typeof waitFigures)[number];

interface Asked {
  part: Part;
  figure: WaitFigure;
}

interface Choice {
  parts: Part[];
  figures: WaitFigure[];
}

/** What there is to choose from; one plan alone is no choice, and nor is a figure that nobody has. */
export function listWaitChoices({ first, changed }: Runs): Choice {
  const runs = [first, ...(changed === null ? [] : [changed])];
  const parts = (['kinds', 'plans', 'teams', 'agents'] as const).filter((part) => {
    const least = part === 'plans' ? 2 : 1;
    return runs.some((run) => {
      const names = Object.keys(run[part] ?? {});
      return names.length >= least && names.some((name) => findWaits(run, part, name));
    });
  });
  const tells = runs.some(({ kinds }) => Object.values(kinds).some((kind) => kind.firstAnswer));
  return { parts, figures: waitFigures.filter((figure) => tells || !isOfAnswers(figure)) };
}

export function listPartWaits(runs: Runs, { part, figure }: Asked): Row[] {
  return rowsOf(runs, part, (run, name) => readWaits(run, name, { part, figure }));
}

const isOfAnswers = (figure: WaitFigure) => figure.startsWith('firstAnswer');

function readWaits(run: SimulationFigures, name: string, { part, figure }: Asked): Estimate | null {
  const over = findRepeated(run, part, name);
  const known = overRuns(pick(over, over?.firstAnswer, figure));
  if (known !== null) return known;
  const waits = findWaits(run, part, name);
  const value = pick(waits, waits?.firstAnswer, figure);
  return value === undefined ? null : ofOneRun(value);
}

/** Of the figure, whether it is a number or an interval over runs. */
function pick<One>(
  waits: Record<'meanWait' | 'p95', One> | undefined,
  answers: Record<'mean' | 'p95', One> | undefined,
  figure: WaitFigure,
): One | undefined {
  switch (figure) {
    case 'firstAnswer':
      return answers?.mean;
    case 'firstAnswerP95':
      return answers?.p95;
    default:
      return waits?.[figure];
  }
}

function findWaits(run: SimulationFigures, part: Part, name: string) {
  switch (part) {
    case 'agents':
    case 'teams':
      return run[part]?.[name]?.waits;
    default:
      return run[part]?.[name];
  }
}

function findRepeated({ repeated }: SimulationFigures, part: Part, name: string) {
  switch (part) {
    case 'agents':
    case 'teams':
      return repeated?.served?.[part]?.[name];
    default:
      return repeated?.[part]?.[name];
  }
}
