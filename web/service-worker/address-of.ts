// Where the conversation of a push is shown.
import type { PushContent } from '../../src/contract/push-kinds.ts';
import { paths } from '../paths.ts';

export function addressOf({ kind, conversationId }: PushContent): string {
  return paths.conversation(kind === 'consult' ? 'consulted' : 'mine', conversationId);
}
