// Cuts whoever asks and does not read the answer: it would stay in memory, with its connection, for as long as they like.
import type { FastifyInstance } from 'fastify';

/**
 * Whoever takes nothing for so long is cut, after twice as long at most. Taken is what has left our memory for the buffer
 * of the system, which takes more once a third of it is free: on a slow line some tens of kilobytes.
 */
export const STALLED_MS = 30_000;

const nothing = () => {};

/**
 * Only while bytes wait: whoever is told news as they come is silent because there is none. Node itself tells a slow
 * reader from one that has stopped, and sets the time of an idle connection after the answer.
 */
export function cutStalled(app: FastifyInstance, stalledMs = STALLED_MS): void {
  app.addHook('onRequest', async (_request, { raw }) => {
    // What was set for the answer before would hold for the handler, where requests came without waiting for answers.
    raw.setTimeout(0, nothing);
  });
  app.addHook('onSend', async (_request, { raw }, payload) => {
    raw.setTimeout(stalledMs, () => {
      if (raw.writableLength > 0) raw.destroy();
    });
    return payload;
  });
}
