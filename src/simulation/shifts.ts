// When agents are in shift: spans of a day or a week that come again and again.
import type { ScenarioAgents } from '../contract/scenario.ts';
import type { Instant } from '../routing/types.ts';

const SECOND = 1000;
const DAY = 86_400;

export interface Shifts {
  /** At the beginning. */
  isOn: boolean;
  /** Each call answers the next change, for ever. */
  next(): { at: Instant; isOn: boolean };
}

/** In seconds. */
export function periodOf({ shiftsEvery = 'day' }: Pick<ScenarioAgents, 'shiftsEvery'>): number {
  return shiftsEvery === 'week' ? 7 * DAY : DAY;
}

/** null: always in shift. */
export function makeShifts(agents: ScenarioAgents, begins: Instant): Shifts | null {
  if (agents.shifts === undefined) return null;
  const period = periodOf(agents);
  const spans = joinSpans(agents.shifts.flatMap((span) => fold(span, period)));
  const changes = listChanges(spans, period);
  if (changes.length === 0) return null;
  const isOn = spans[0]?.from === 0;
  let [cycle, nth] = [0, changes.findIndex(({ at }) => at > 0)];
  return {
    isOn,
    next: () => {
      if (nth < 0 || nth === changes.length) [cycle, nth] = [cycle + 1, 0];
      const change = changes[nth] as Change;
      nth += 1;
      return { at: begins + (cycle * period + change.at) * SECOND, isOn: change.isOn };
    },
  };
}

interface Span {
  from: number;
  until: number;
}

interface Change {
  at: number;
  isOn: boolean;
}

/** What goes on past the end of the period is at its beginning, too. */
function fold({ from, until }: Span, period: number): Span[] {
  if (until <= period) return [{ from, until }];
  return [
    { from, until: period },
    { from: 0, until: until - period },
  ];
}

function joinSpans(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last === undefined || span.from > last.until) joined.push({ ...span });
    else last.until = Math.max(last.until, span.until);
  }
  return joined;
}

/** In order; none where the spans fill the period. Over its end a shift goes on without a change. */
function listChanges(spans: readonly Span[], period: number): Change[] {
  const goesOn = spans[0]?.from === 0 && spans.at(-1)?.until === period;
  return spans
    .flatMap(({ from, until }) => [
      { at: from, isOn: true },
      { at: until === period ? 0 : until, isOn: false },
    ])
    .filter(({ at }) => at > 0 || !goesOn)
    .sort((a, b) => a.at - b.at);
}
