// What a simulated customer needs, as the router has it, and the key of those who need the same.
import type { Exclusion } from '../contract/exclusion.ts';
import type { ScenarioKind } from '../contract/scenario.ts';
import { askedBefore, standingAt } from '../routing/exclusions.ts';
import { needsKey, readAsked } from '../routing/needs-key.ts';
import type { Instant, Needs } from '../routing/types.ts';

/** Who did not take it is kept from it for a while, and asked after all others then. `liftsAt`: when the first may be asked again. */
export function keepFrom(
  needs: Needs,
  exclusions: Exclusion[],
  now: Instant,
): { needs: Needs; liftsAt: Instant | null } {
  if (exclusions.length === 0) return { needs, liftsAt: null };
  const { excludedAgentIds, exclusionEndsAt } = standingAt(exclusions, new Date(now));
  const askedAgentIds = askedBefore(exclusions);
  const liftsAt = exclusionEndsAt?.getTime() ?? null;
  return { needs: { ...needs, excludedAgentIds, askedAgentIds }, liftsAt };
}

/** Of many who were asked the key names the last ones, and stands for whoever has the same. */
export function asKeyed(needs: Needs, key: string): Needs {
  if (needs.askedAgentIds === undefined) return needs;
  return { ...needs, askedAgentIds: readAsked(key).map(decodeURIComponent) };
}

/** Names are ids here, and may hold the signs by which a key is put together. */
export function writeKey(
  needs: Needs,
  within: { plan: string | null; botAgentId: string | null },
): string {
  const { excludedAgentIds, askedAgentIds } = needs;
  const teamId = needs.teamId === null ? null : encodeURIComponent(needs.teamId);
  const coded: Needs = { ...needs, teamId, skillIds: needs.skillIds.map(encodeURIComponent) };
  if (askedAgentIds !== undefined) {
    coded.excludedAgentIds = excludedAgentIds.map(encodeURIComponent);
    coded.askedAgentIds = askedAgentIds.map(encodeURIComponent);
  }
  return needsKey(coded, within);
}

const CHANNEL = 'scenario';

export function needsOf(
  kind: ScenarioKind,
  asked: Required<Pick<Needs, 'teamId' | 'skillIds' | 'skillLevels'>>,
): Needs {
  const { teamId, skillIds, skillLevels } = asked;
  return {
    ...{ channelId: CHANNEL, channelKind: CHANNEL, externalChannelId: null, remote: false },
    ...{ teamId, skillIds, skillLevels, excludedAgentIds: [] },
    weight: kind.needs?.weight ?? 1,
  };
}
