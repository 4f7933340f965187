// Gives the line up, for good: from now on nothing is told, so who is there must be asked.
import { askPresence } from './ask-presence.ts';
import type { Chat } from './context.ts';

export function hangUp(chat: Chat): void {
  chat.link?.close();
  chat.link = null;
  chat.dispatch({ type: 'link', link: 'none' });
  void askPresence(chat);
}
