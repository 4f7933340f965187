// What the head of a conversation and its menu can do.
import type { Conversation } from '../../api/shapes.ts';
import type { useVerbs } from '../verbs/use-verbs.ts';

export interface ConversationActions {
  conversation: Conversation;
  verbs: ReturnType<typeof useVerbs>;
  panel: { tab: string | null; show(tab: 'customer' | 'why' | null): void };
  onDialog(
    dialog: 'close' | 'transfer' | 'park' | 'consult' | 'return' | 'whisper' | 'macro' | 'tag',
  ): void;
  onRequeue(): void;
  onUnread(): void;
  /** Of what is parked: now, and not at its time. */
  onUnpark(): void;
}
