// Agents who are alike become one group of a scenario, with as many as were online on average. Pure.
import type { ScenarioAgents } from '../contract/scenario.ts';
import { type Band, bandShifts } from './band-shifts.ts';
import { type MeasuredAnswers, writeAnswers } from './write-answers.ts';

export interface MeasuredAgent {
  name: string;
  capacity: number;
  teams: readonly string[];
  /** Levels by name. */
  skills: Readonly<Record<string, number>>;
  /** The share of the span that the agent was online. */
  online: number;
  /** The same by the quarter of an hour of a day or a week; null: the span is too short to tell. */
  byQuarter: readonly number[] | null;
  /** null: nothing was offered to the agent. */
  answers: MeasuredAnswers | null;
}

/**
 * In the order of their first agents, named after them: `Ana`, or `Ana +3` for a group of four.
 * Who was never online is in no group. A group counts whole agents, one at least; where more is
 * known, it is parts of it that come and go as they did.
 */
export function groupAgents(agents: readonly MeasuredAgent[]): ScenarioAgents[] {
  const present = agents.filter(({ online, capacity }) => online > 0 && capacity > 0);
  const groups = Map.groupBy(present, ({ capacity, teams, skills }) =>
    JSON.stringify([capacity, teams.toSorted(), Object.entries(skills).toSorted()]),
  );
  const taken = new Set<string>();
  return [...groups.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const { capacity, teams, skills } = first;
    const wanted = nameOf(first.name, alike.length);
    return countThem(alike).map((part) => ({
      ...{ name: freeName(wanted, taken), capacity, ...part },
      ...(teams.length > 0 && { teams: teams.slice(0, 50) }),
      ...(Object.keys(skills).length > 0 && { skills: { ...skills } }),
      ...writeAnswers(alike),
    }));
  });
}

function countThem(alike: readonly MeasuredAgent[]): Band[] {
  const known = alike.flatMap(({ byQuarter }) => (byQuarter === null ? [] : [byQuarter]));
  const [first] = known;
  if (first !== undefined) {
    return bandShifts(first.map((_, quarter) => sum(known, (one) => one[quarter] ?? 0)));
  }
  return [{ count: Math.max(1, Math.round(sum(alike, ({ online }) => online))) }];
}

const sum = <Of>(all: readonly Of[], of: (one: Of) => number): number =>
  all.reduce((total, one) => total + of(one), 0);

const LONGEST_NAME = 100;

function nameOf(first: string, count: number): string {
  const others = count === 1 ? '' : ` +${count - 1}`;
  return `${[...first].slice(0, LONGEST_NAME - 20).join('')}${others}`;
}

/** Two agents may have one name. */
export function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let nth = 2; taken.has(name); nth += 1) name = `${wanted} (${nth})`;
  taken.add(name);
  return name;
}
