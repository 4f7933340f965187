// The place of a waiting conversation, as the program of its channel is told it.
import type { Static } from 'typebox';
import type { Place } from '../../contract/place.ts';
import type { UpdatePlace } from '../../contract/updates.ts';

/** null: it does not wait. */
export function presentPlace(place: Place | undefined): Static<typeof UpdatePlace> | null {
  if (place === undefined || place.position === null) return null;
  const { position, estimatedWaitSeconds, waitRange, opensAt: at } = place;
  const opensAt = at === null ? null : new Date(at).toISOString();
  return { position, estimatedWaitSeconds, waitRange, opensAt };
}
