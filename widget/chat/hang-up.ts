// Ends the line for good; after that, presence must be asked for.
import { askPresence } from './ask-presence.ts';
import type { Chat } from './context.ts';

export function hangUp(chat: Chat): void {
  chat.link?.close();
  chat.link = null;
  chat.dispatch({ type: 'link', link: 'none' });
  void askPresence(chat);
}
