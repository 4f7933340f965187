// Finds whom a note names by @ and the name, as the server wants to know it.
import type { QueryClient } from '@tanstack/react-query';
import { agentsQuery, teamsQuery } from '../api/queries.ts';

interface Named {
  id: string;
  name: string;
}
export interface Mentioned {
  agentIds?: string[];
  teamIds?: string[];
}
const MOST_AGENTS = 20;
const MOST_TEAMS = 5;

/** undefined: nobody. */
export async function readMentions(
  queries: QueryClient,
  text: string,
): Promise<Mentioned | undefined> {
  const [agents, teams] = await Promise.all([
    queries.ensureQueryData(agentsQuery),
    queries.ensureQueryData(teamsQuery),
  ]);
  const people = agents.filter(({ kind }) => kind === 'human');
  return findMentions(text, { agents: people, teams });
}

/** The longer name first, so that nobody is named by the beginning of another’s. */
export function findMentions(
  text: string,
  { agents, teams }: { agents: readonly Named[]; teams: readonly Named[] },
): Mentioned | undefined {
  const names = [
    ...agents.map(({ id, name }) => ({ id, name, isTeam: false })),
    ...teams.map(({ id, name }) => ({ id, name, isTeam: true })),
  ].sort((a, b) => b.name.length - a.name.length);
  const found = { agentIds: new Set<string>(), teamIds: new Set<string>() };
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (isWord(text[at - 1])) continue;
    const rest = text.slice(at + 1);
    const longest = names.find(({ name }) => begins(rest, name))?.name;
    for (const { id, name, isTeam } of names) {
      // Two of one name are both meant: nobody can tell which.
      if (name === longest) found[isTeam ? 'teamIds' : 'agentIds'].add(id);
    }
  }
  const agentIds = [...found.agentIds].slice(0, MOST_AGENTS);
  const teamIds = [...found.teamIds].slice(0, MOST_TEAMS);
  if (agentIds.length + teamIds.length === 0) return;
  return { ...(agentIds.length > 0 && { agentIds }), ...(teamIds.length > 0 && { teamIds }) };
}

function begins(rest: string, name: string): boolean {
  return name !== '' && rest.startsWith(name) && !isWord(rest[name.length]);
}

function isWord(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{N}_]/u.test(letter);
}
