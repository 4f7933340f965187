// How many agents could be given what a step of a plan asks for. Pure.
import type { Step } from '../../../src/contract/policy/plan.ts';
import type { Agent } from '../../api/shapes.ts';

/** Teams or skills, by id and name. */
export type Known = readonly { id: string; name: string }[];

export interface Serving {
  online: number;
  all: number;
  /** The step leaves team or skills to the conversation, which may ask for more. */
  depends: boolean;
}

/** People alone. Whether they have room, and serve the channel, is not looked at. */
export function countServing(
  { team, skills }: Pick<Step, 'team' | 'skills'>,
  { agents, teams, skills: knownSkills }: { agents: readonly Agent[]; teams: Known; skills: Known },
): Serving {
  const teamId = typeof team === 'string' ? findKnown(teams, team)?.id : undefined;
  const levels = Object.entries(skills ?? {}).map(
    ([name, level]) => [findKnown(knownSkills, name)?.id, level] as const,
  );
  const able = agents.filter(({ kind, teamIds, skillIds, skillLevels }) => {
    if (kind === 'bot') return false;
    if (typeof team === 'string' && (teamId === undefined || !teamIds.includes(teamId)))
      return false;
    return levels.every(
      ([id, least]) => id !== undefined && skillIds.includes(id) && (skillLevels[id] ?? 1) >= least,
    );
  });
  return {
    online: able.filter(({ availability }) => availability === 'online').length,
    all: able.length,
    depends: team === undefined || skills === undefined,
  };
}

/** A policy names them by id or, whatever the case, by name. */
export function findKnown(known: Known, written: string): Known[number] | undefined {
  const word = written.toLowerCase();
  return (
    known.find(({ id }) => id === written) ?? known.find(({ name }) => name.toLowerCase() === word)
  );
}
