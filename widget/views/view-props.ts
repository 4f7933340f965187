// What the views are given.
import type { Chat } from '../chat/context.ts';
import type { ChatState } from '../chat/state.ts';
import type { Speech } from '../words/speech.ts';

export interface ViewProps {
  chat: Chat;
  state: ChatState;
  speech: Speech;
}
