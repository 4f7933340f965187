// Groups conversations that ask for the same agents, so that one blocked group never hides another.
import type { Needs } from './types.ts';

/** What sets equal needs apart, because others are asked first, or somebody else decides. */
export interface Within {
  /** A plan may prefer other agents; null: none. */
  plan?: string | null;
  /** The department of a mirror that was given it, as channel:department; null: none. */
  handedTo?: string | null;
  /** The mirror alone decides; false: our routing as well. */
  isTheirs?: boolean;
}

/** Ends the key of what the mirror alone decides. store/hand-over.ts takes it off. */
export const THEIRS = '|theirs';

/** Equal for equal needs, whatever the order of skills or exclusions. */
export function needsKey(
  needs: Needs,
  { plan = null, handedTo = null, isTheirs = false }: Within = {},
): string {
  const key = [
    needs.channelId,
    needs.externalChannelId ?? '',
    needs.teamId ?? '',
    writeSkills(needs),
    needs.weight,
    [...needs.excludedAgentIds].sort().join('+'),
  ];
  if (plan !== null) key.push(plan);
  if (handedTo === null) return key.join('|');
  return `${[...key, handedTo].join('|')}${isTheirs ? THEIRS : ''}`;
}

/** A level of 1 goes without saying. */
function writeSkills({ skillIds, skillLevels = [] }: Needs): string {
  const levelled = skillIds.map((id, nth) => {
    const level = skillLevels[nth] ?? 1;
    return level === 1 ? id : `${id}:${level}`;
  });
  return levelled.sort().join('+');
}

/**
 * Of what waits for one agent alone. It sorts after every group that others may be given, because an
 * id begins with no such sign (store/awaited.ts reads these groups by their beginning).
 */
export function awaitKey(agentId: string, key: string): string {
  return `~${agentId}|${key}`;
}

const ID_LENGTH = 36;

/** The agent for whom it waits, and the key that it will have after that; null: it waits for nobody by name. */
export function readAwaitKey(key: string): { agentId: string; needsKey: string } | null {
  if (!key.startsWith('~') || key[ID_LENGTH + 1] !== '|') return null;
  return { agentId: key.slice(1, ID_LENGTH + 1), needsKey: key.slice(ID_LENGTH + 2) };
}
