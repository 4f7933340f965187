// Tells a visitor the state of the conversation: on the session's own topic, and to the client that
// asked for it.
import { instructionOf, writeSession } from '../channels/webchat/write.ts';
import type { Place } from '../contract/place.ts';
import type { Shown, WebConversationFacts, WebMessage } from '../contract/webchat.ts';
import { replyTopicOf } from './topics.ts';
import type { Wire } from './wire.ts';

interface Told {
  place?: Place;
  lastMessages?: WebMessage[];
  shown: Shown;
}

export function tellState(
  wire: Pick<Wire, 'publish'>,
  args: Told & { workspaceId: string; view: WebConversationFacts },
): void {
  const { workspaceId, view, ...options } = args;
  const told = writeControl(view, options);
  wire.publish(workspaceId, `${view.sessionTopic}/client/control`, told, 1);
  if (view.requestId === null) return;
  const topic = replyTopicOf(view.customerId, view.requestId);
  wire.publish(workspaceId, topic, { update: told.instruction, ...told }, 1);
}

/** The content of a control message about the state. */
export function writeControl(view: WebConversationFacts, options: Told) {
  const instruction = instructionOf(view);
  const { position } = options.place ?? { position: null };
  return {
    instruction,
    sessionInfo: writeSession(view, options),
    ...(position !== null && { position }),
    ...(instruction === 'session/closed' && { reason: view.closeReason }),
  };
}
