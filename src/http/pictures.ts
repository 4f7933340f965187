// Serves pictures of other servers from our own origin, so that our pages never call a server that
// a stranger has named.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { makeRates } from '../access/rates.ts';
import { Refused } from '../errors.ts';
import { allow } from './authenticate.ts';
import type { FetchPicture } from './fetch-picture.ts';
import type { RouteMeans } from './route-means.ts';

export type PictureMeans = RouteMeans & { fetchPicture: FetchPicture };

/** A page of the inbox shows some tens, and a long thread as many. */
const PER_PERSON = { most: 600, withinMs: 60_000 };
const SECONDS_KEPT = 3600;

export const pictureRoutes: FastifyPluginAsyncTypebox<PictureMeans> = async (
  app,
  { desk, fetchPicture },
) => {
  const rates = makeRates(PER_PERSON);
  app.get(
    '/api/v1/pictures',
    {
      onRequest: allow(desk, 'conversations.read'),
      schema: {
        tags: ['messages'],
        description:
          'A picture from elsewhere, as a customer’s, at most 512 × 512: it is fetched by the server, so that no browser calls an address that somebody else has chosen.',
        querystring: Type.Object({
          url: Type.String({ minLength: 1, maxLength: 2048, pattern: '^https?://' }),
        }),
        produces: ['image/webp'],
      },
    },
    async ({ actor: { userId, tokenId }, query: { url } }, reply) => {
      if (!rates.take(userId ?? tokenId ?? '', desk.clock.elapsed()))
        throw new Refused('request.too-many');
      return sendPicture(reply, await fetchPicture(url));
    },
  );
};

export function sendPicture(reply: FastifyReply, picture: Buffer | null): FastifyReply {
  if (picture === null) throw new Refused('picture.unavailable');
  return reply
    .header('cache-control', `private, max-age=${SECONDS_KEPT}`)
    .type('image/webp')
    .send(picture);
}
