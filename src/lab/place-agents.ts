// Agents of a scenario who are there when they were: each by themselves, with shifts of a week. Pure.
import type { ScenarioAgents, Shift } from '../contract/scenario.ts';
import { freeName, type MeasuredAgent } from './group-agents.ts';
import { writeAnswers } from './write-answers.ts';

const WEEK_MS = 7 * 86_400_000;
const DAY_MS = 86_400_000;
/** As many as a scenario takes of one agent. */
const MOST_SHIFTS = 200;
const MOST_AGENTS = 1000;

interface Stretch {
  agentId: string;
  since: number;
  till: number;
}

/**
 * By agent, in seconds of the week. The span is no longer than a week, so no two stretches meet. Who was there at its end
 * stays for a day: those who wait then are served.
 */
export function writeShifts(
  stretches: readonly Stretch[],
  { from, until, beginsAt }: { from: Date; until: Date; beginsAt: Date },
): ReadonlyMap<string, Shift[]> {
  const end = until.getTime();
  const longest = WEEK_MS - (end - from.getTime());
  const stays = Math.min(DAY_MS, longest);
  const shifts = new Map<string, Shift[]>();
  for (const { agentId, since, till } of stretches) {
    const length = till - since + (till >= end ? stays : 0);
    const at = (since - beginsAt.getTime()) % WEEK_MS;
    const known = shifts.get(agentId) ?? [];
    if (known.length < MOST_SHIFTS) known.push({ from: at / 1000, until: (at + length) / 1000 });
    shifts.set(agentId, known);
  }
  return shifts;
}

/** Who was never online is left out. */
export function placeAgents(
  agents: readonly (MeasuredAgent & { agentId: string })[],
  shifts: ReadonlyMap<string, Shift[]>,
): ScenarioAgents[] {
  const taken = new Set<string>();
  return agents
    .flatMap(({ agentId, name, capacity, teams, skills, answers }): ScenarioAgents[] => {
      const own = shifts.get(agentId);
      if (own === undefined || capacity === 0) return [];
      return [
        {
          ...{ name: freeName(name.slice(0, LONGEST_NAME), taken), capacity },
          ...(teams.length > 0 && { teams: teams.slice(0, 50) }),
          ...(Object.keys(skills).length > 0 && { skills: { ...skills } }),
          ...{ shifts: own, shiftsEvery: 'week' },
          ...writeAnswers([{ answers }]),
        },
      ];
    })
    .slice(0, MOST_AGENTS);
}

const LONGEST_NAME = 90;
