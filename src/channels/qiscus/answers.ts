// The answers to Qiscus and its users, in the words of the two contracts (qiscus.md §1, §2).
import type { Assigned } from './door.ts';

/** The envelope of one of the two contracts. */
export interface Envelope {
  failure(status: number, text: string): object;
}
export const php: Envelope = { failure: (status, errors) => ({ status, errors, data: null }) };
export const qiscust: Envelope = {
  failure: (_, text) => ({ status: 'fail', error_messages: text }),
};

export type Answer = { status: number; body: unknown };

export function assignedAnswer({ roomId, agentId, rawBody }: Assigned): Answer {
  return {
    status: 200,
    body: {
      status: 'success',
      qiscus_agent_allocator_response: rawBody,
      roomId,
      // The contract's spelling.
      agenId: Number(agentId),
    },
  };
}

export function queued(which: 'this' | 'the next'): Answer {
  const message = `${which} message is temporarily on queue`;
  return { status: 202, body: { status: 'success, queued', message, details: {} } };
}

export function success(message: string, data: object | null): Answer {
  return { status: 200, body: { status: 200, message, data } };
}

export function failure(envelope: Envelope, status: number, text: string): Answer {
  return { status, body: envelope.failure(status, text) };
}
