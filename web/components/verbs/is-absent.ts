// Whether an agent would not notice a conversation that is given to them now.
import type { Agent } from '../../api/shapes.ts';

/** One’s own absence one knows of. */
export function isAbsent({ id, availability }: Agent, ownId: string | null): boolean {
  return availability !== 'online' && id !== ownId;
}
