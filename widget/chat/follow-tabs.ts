// Follows what another tab of this browser begins, proves or forgets.
import type { Chat } from './context.ts';
import { startOver } from './finish-chat.ts';
import type { Kept } from './kept.ts';
import type { ChatState } from './state.ts';
import { adopt } from './tell-who.ts';

export function followTabs(chat: Chat): void {
  chat.memory.follow((kept) => {
    if (kept === null) return leave(chat);
    if (kept.session !== null && isForUs(chat.get(), kept)) adopt(chat, kept.session);
  });
}

/** Signed out in another tab, which has told the server; by now another visitor may be there. */
function leave(chat: Chat): void {
  chat.customer = {};
  if (chat.get().session !== null) startOver(chat);
}

function isForUs(
  { session, phase, outbox }: ChatState,
  { session: theirs, identity }: Kept,
): boolean {
  if (session === null) return phase === 'new' && outbox.length === 0;
  // Two guests who began at the same moment stay two; a guest who has signed in is one.
  const hasSignedIn = theirs?.customerId === identity && theirs?.customerId !== session.customerId;
  return hasSignedIn && phase !== 'ended';
}
