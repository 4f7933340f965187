// What every answer tells the browser, unless its route says otherwise: to guess nothing, run nothing, frame nothing.
import type { FastifyInstance } from 'fastify';

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** Of the page that describes the API: its own scripts, and the styles that these write. */
export const DOCS_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function guardAnswers(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ url }, reply) => {
    reply.headers(EVERYWHERE);
    // What was read with a right is not to lie about after it.
    if (url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
}
