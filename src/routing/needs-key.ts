// Groups conversations that ask for the same agents, so that one blocked group never hides another.
import type { Needs } from './types.ts';

/** Equal for equal needs, whatever the order of skills or exclusions. */
export function needsKey(needs: Needs): string {
  return [
    needs.channelId,
    needs.externalChannelId ?? '',
    needs.teamId ?? '',
    [...needs.skillIds].sort().join('+'),
    needs.weight,
    [...needs.excludedAgentIds].sort().join('+'),
  ].join('|');
}
