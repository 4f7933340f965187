// Acts when a request is over: its answer has gone out, or nobody is there any more to take it.
import type { FastifyReply } from 'fastify';

/** At once where that was before the call: Node tells it once, and to nobody who asks later. */
export function whenOver({ raw }: FastifyReply, act: () => void): void {
  if (raw.destroyed || raw.closed) act();
  else raw.once('close', act);
}
