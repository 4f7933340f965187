// The routes by which a program learns what its contacts see while they wait: who is there, and how their conversation stands.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import { Id, IdParams, Text } from '../../contract/shapes.ts';
import { PresenceShown, Standing } from '../../contract/updates.ts';
import { sendsTranscripts } from '../../desk/rate-conversation.ts';
import { Refused } from '../../errors.ts';
import { allowChannel } from '../../http/authenticate.ts';
import { readStanding, type StandingRow } from '../../store/program-conversations.ts';
import type { ApiMeans } from './api-means.ts';
import { requireApiChannel, requireOwnChannel } from './find-channel.ts';
import { findNamed } from './find-named.ts';
import { presentPlace } from './present-place.ts';
import { shownStateOf } from './shown-state.ts';

const tags = ['channels'];
const StandingParams = Type.Object({
  id: Id,
  externalId: Type.String({ ...Text(64, 1), description: 'Your own id of it, as it was opened.' }),
});
const Here = Type.Object({ presence: PresenceShown });
type App = Parameters<FastifyPluginAsyncTypebox<ApiMeans>>[0];

export const apiStandingRoutes: FastifyPluginAsyncTypebox<ApiMeans> = async (app, means) => {
  addPresence(app, means);
  addStanding(app, means);
};

function addPresence(app: App, { desk, directory, api }: ApiMeans): void {
  app.get(
    '/api/v1/channels/:id/presence',
    {
      onRequest: allowChannel(desk),
      schema: {
        ...{ tags, params: IdParams, response: { 200: Here } },
        description:
          'Whether somebody is there for the contacts of a channel of kind api, at most a second old.',
      },
    },
    async ({ actor: { workspaceId }, params }) => {
      const { channelId } = requireApiChannel(directory, workspaceId, params.id);
      const found = await api.presenceOf(workspaceId, channelId);
      return { presence: found?.state ?? 'away' };
    },
  );
}

function addStanding(app: App, means: ApiMeans): void {
  const { desk, api, mailing } = means;
  app.get(
    '/api/v1/channels/:id/conversations/:externalId',
    {
      onRequest: allowChannel(desk),
      schema: {
        ...{ tags, params: StandingParams, response: { 200: Standing } },
        description:
          'How the conversation stands that is open under your id, or was last, for the program of the channel: its place in the queue, who has it, and how far each side has read.',
      },
    },
    async ({ actor, params: { id, externalId: conversation } }) => {
      const { workspaceId } = actor;
      requireOwnChannel(means, actor, id);
      const { conversationId } = await findNamed(means, { workspaceId, id, conversation });
      const row = await readStanding(desk.db, { workspaceId, conversationId });
      if (row === null) throw new Refused('conversation.not-found');
      const isWaiting = row.state === 'waiting';
      const place = isWaiting ? await api.placeOf(workspaceId, conversationId) : undefined;
      const mails = await sendsTranscripts(desk, mailing, workspaceId);
      return {
        ...presentStanding(row, api.agentAvatarUrl),
        place: presentPlace(place),
        transcript: mails ? ('email' as const) : ('download' as const),
      };
    },
  );
}

function presentStanding(
  row: StandingRow,
  ownAvatarUrl: string | null,
): Omit<Static<typeof Standing>, 'place' | 'transcript'> {
  const { conversationId: id, externalId: conversation, queuedAt, closedAt, agentName } = row;
  const state = shownStateOf(row);
  const avatarUrl = row.agentAvatarUrl ?? ownAvatarUrl;
  return {
    ...{ id, conversation, state, contact: { externalId: row.contactExternalId } },
    agent:
      state === 'assigned' ? { name: agentName ?? '', avatarUrl, present: row.agentPresent } : null,
    ...{ queuedAt: queuedAt.toISOString(), closedAt: closedAt?.toISOString() ?? null },
    ...{ reason: row.closeReason, lastSeq: row.lastSeq ?? 0 },
    readSeq: { contact: row.contactReadSeq, agent: row.agentReadSeq },
  };
}
