// Brings an event to the automations that wait for it: what they do is one transaction, which is done once.
import type { AuthorKind, MessageKind } from '../contract/said-by.ts';
import type { Carrier } from './carrier.ts';

/** Throws when the database fails; then it is tried again. */
export type RunAutomations = (told: {
  workspaceId: string;
  deliveryId: number;
  conversationId: string;
  event: string;
  seq: number;
  at: Date;
  /** What was written, where that is the event. */
  message: { author: AuthorKind; kind: MessageKind } | null;
}) => Promise<void>;

/** An event that fails again and again holds up its conversation no longer than this, at five seconds each. */
const MOST_ATTEMPTS = 20;

export function carryToAutomations(run: RunAutomations): Carrier {
  return async ({ workspaceId, deliveryId, streamId: conversationId, payload, attempts }) => {
    const { event, seq, at, data } = payload as unknown as Facts;
    const message =
      event === 'message.created' ? { author: data.authorKind, kind: data.kind } : null;
    try {
      const told = { workspaceId, deliveryId, conversationId, event, seq, at: new Date(at) };
      await run({ ...told, message });
    } catch (error) {
      if (attempts < MOST_ATTEMPTS) throw error;
      return { state: 'failed', result: error instanceof Error ? error.message : String(error) };
    }
    return { state: 'done', result: 'asked' };
  };
}

/** As store/tell-endpoints.ts writes them. */
interface Facts {
  event: string;
  seq: number;
  at: string;
  /** Of message.created. */
  data: { authorKind: AuthorKind; kind: MessageKind };
}
