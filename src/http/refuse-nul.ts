// No address holds a NUL: PostgreSQL keeps none, and nothing of ours is named with one.
import type { FastifyInstance } from 'fastify';
import { Refused } from '../errors.ts';

/** Once for every door, before anything reads the address; half a character cannot be written in one. */
export function refuseNul(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ url }) => {
    if (!url.includes('%00')) return;
    throw new Refused('request.invalid', 'The address holds a NUL (%00). Leave it out.');
  });
}
