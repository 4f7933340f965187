// How a conversation stands for its contact.
import type { Static } from 'typebox';
import type { ShownState } from '../../contract/updates.ts';
import type { StandingRow } from '../../store/program-conversations.ts';

/** What is parked is still with its agent; whoever has yet to accept it does not have it. */
export function shownStateOf({
  state,
  confirmed,
}: Pick<StandingRow, 'state' | 'confirmed'>): Static<typeof ShownState> {
  if (state === 'parked') return 'assigned';
  return state === 'assigned' && !confirmed ? 'waiting' : state;
}
