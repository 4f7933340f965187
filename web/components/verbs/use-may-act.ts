// Whether one may close, transfer or requeue a conversation: what a colleague has is taken over first.
import type { Conversation } from '../../api/shapes.ts';
import { useCan, useSession } from '../session/use-session.ts';

/** To whoever has it, unless that is oneself. */
export function useMayWhisper(): (
  conversation: Pick<Conversation, 'agentId' | 'state'>,
) => boolean {
  const can = useCan();
  const { user } = useSession();
  return ({ agentId, state }) =>
    can('conversations.whisper') && state === 'assigned' && agentId !== user.agentId;
}

export function useMayAct(): (conversation: Pick<Conversation, 'agentId'>) => boolean {
  const can = useCan();
  const { user } = useSession();
  return ({ agentId }) =>
    can('conversations.work') &&
    (agentId === null || agentId === user.agentId || can('conversations.force'));
}
