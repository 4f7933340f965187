// The id under which a receiver knows an event: `webhook-id`, and `triggerId` in Gitple's bodies.
import { isGitpleType } from './event-types.ts';

/**
 * The same at every endpoint, attempt and replay. An endpoint that is bound to an event twice, as
 * Gitple's and as ours, must not take the one body for a repeat of the other.
 */
export function deliveredId({ eventId, type }: { eventId: string | null; type: string }): string {
  const id = eventId ?? '';
  return isGitpleType(type) ? `trg_${id.replaceAll('-', '')}` : id;
}
