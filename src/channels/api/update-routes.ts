// The route by which the program of a channel is told what happens there, one update after another.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { IdParams } from '../../contract/shapes.ts';
import { type AskedUpdate, askedUpdates, Update } from '../../contract/updates.ts';
import { allowChannel } from '../../http/authenticate.ts';
import { whenOver } from '../../http/when-over.ts';
import type { ApiMeans } from './api-means.ts';
import { requireOwnChannel } from './find-channel.ts';
import {
  type Heard,
  type Reading,
  readAfter,
  readEnd,
  type WaitingReader,
  waitForUpdates,
} from './hear-updates.ts';
import { streamUpdates } from './stream-updates.ts';

const Cursor = Type.String({ pattern: '^[0-9]{1,15}$' });
const UpdatesQuery = Type.Object(
  {
    after: Type.Optional({
      ...Cursor,
      description:
        'As the answer before gave it. Without it: from now on, at once and with no items.',
    }),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    also: Type.Optional(
      Type.String({
        pattern: `^(${askedUpdates.join('|')})(,(${askedUpdates.join('|')}))?$`,
        description:
          'place, presence or both, separated by a comma: updates that are told only to whoever asks for them, and waits at that moment.',
      }),
    ),
    wait: Type.Optional(
      Type.Integer({
        ...{ minimum: 0, maximum: 50 },
        description: 'Seconds for which to wait where there is nothing yet.',
      }),
    ),
  },
  { additionalProperties: false },
);
const Headers = Type.Object({
  'last-event-id': Type.Optional({
    ...Cursor,
    description: 'As `after`, which it goes before: a browser sends it when it connects again.',
  }),
});
const Updates = Type.Object({
  after: Type.String({ description: 'Ask with it next time.' }),
  items: Type.Array(Update),
});

type Asking = {
  request: FastifyRequest;
  reply: FastifyReply;
  reading: Reading;
  also: readonly AskedUpdate[];
};

export const apiUpdateRoutes: FastifyPluginAsyncTypebox<ApiMeans> = async (app, means) => {
  const { desk, publicUrl, api } = means;
  const allowed = allowChannel(desk);
  app.get(
    '/api/v1/channels/:id/updates',
    {
      onRequest: allowed,
      schema: {
        ...{ tags: ['channels'], params: IdParams, querystring: UpdatesQuery },
        ...{ headers: Headers, response: { 200: Updates } },
        description:
          'What happens in all conversations of a channel of kind api, in an order that never changes. With Accept: text/event-stream as server-sent events: `id` is the cursor, `event` the type and `data` the update.',
      },
    },
    async (request, reply) => {
      const { actor, params, query, headers } = request;
      const { workspaceId } = actor;
      // What colleagues say is read by people where it is on record.
      const channelId = requireOwnChannel(means, actor, params.id);
      const { limit = 100, wait = 0 } = query;
      const shown = { publicUrl: publicUrl(), agentAvatarUrl: api.agentAvatarUrl };
      const reading = { desk, workspaceId, channelId, shown, limit };
      const also = askedUpdates.filter((one) => query.also?.split(',').includes(one));
      const asking = { request, reply, reading, also };
      const given = headers['last-event-id'] ?? query.after;
      if (headers.accept?.includes('text/event-stream') === true) {
        return stream(means, asking, given);
      }
      if (given === undefined) return present({ after: await readEnd(reading), told: [] });
      const after = Number(given);
      if (wait === 0) return present(await readAfter(reading, after));
      const reader = takePlace(means, asking);
      try {
        const heard = await waitForUpdates(reader, { after, withinMs: wait * 1000 });
        return present(heard ?? { after, told: [] });
      } finally {
        reader.place.leave();
      }
    },
  );
};

/** For a program that waits; `judge` asks what the door asked. Refuses `updates.too-many`. */
function takePlace(means: ApiMeans, { request, reply, reading, also }: Asking) {
  const { workspaceId, channelId } = reading;
  const allowed = allowChannel(means.desk);
  const place = means.programs.take({
    workspaceId,
    channelId,
    tokenId: request.actor.tokenId,
    also,
  });
  whenOver(reply, place.leave);
  const judge = async () => {
    await allowed(request);
    requireOwnChannel(means, request.actor, channelId);
  };
  return { reading, place, judge } satisfies WaitingReader;
}

async function stream(means: ApiMeans, asking: Asking, given: string | undefined) {
  const { request, reply, reading } = asking;
  const reader = takePlace(means, asking);
  // Refused before the stream begins, while there is still a status to say so.
  const after = given === undefined ? await readEnd(reading) : Number(given);
  if (given !== undefined) await readAfter({ ...reading, limit: 1 }, after);
  const onError = (error: unknown) =>
    request.log.error({ err: error }, 'the updates of a channel could not be read on');
  return reply
    .type('text/event-stream; charset=utf-8')
    .header('x-accel-buffering', 'no')
    .send(streamUpdates(reader, { after, onError }));
}

function present({ after, told }: Heard) {
  return { after: String(after), items: told.map(({ update }) => update) };
}
