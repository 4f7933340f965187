// Groups conversations that ask for the same agents, so that one blocked group never hides another.
import type { Needs } from './types.ts';

/** Whether a conversation was given to a department of a mirror, whose routing chooses the agent. */
export interface Handed {
  /** As channel:department; null: to none. */
  handedTo: string | null;
  /** The mirror alone decides; false: our routing as well. */
  isTheirs: boolean;
}

/** Ends the key of what the mirror alone decides. store/hand-over.ts takes it off. */
export const THEIRS = '|theirs';

/** Equal for equal needs, whatever the order of skills or exclusions. */
export function needsKey(
  needs: Needs,
  handed: Handed = { handedTo: null, isTheirs: false },
): string {
  const key = [
    needs.channelId,
    needs.externalChannelId ?? '',
    needs.teamId ?? '',
    [...needs.skillIds].sort().join('+'),
    needs.weight,
    [...needs.excludedAgentIds].sort().join('+'),
  ].join('|');
  if (handed.handedTo === null) return key;
  return `${key}|${handed.handedTo}${handed.isTheirs ? THEIRS : ''}`;
}
