// Refuses addresses with a NUL: PostgreSQL cannot store one, and no name of ours holds one.
import type { FastifyInstance } from 'fastify';
import { Refused } from '../errors.ts';

/**
 * Once for every door, before anything reads the address; an address cannot hold half a surrogate
 * pair.
 */
export function refuseNul(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ url }) => {
    if (!url.includes('%00')) return;
    throw new Refused('request.invalid', 'The address holds a NUL (%00). Leave it out.');
  });
}
