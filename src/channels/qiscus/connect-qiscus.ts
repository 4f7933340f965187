// Connects what Qiscus reports and asks with the desk's verbs.

import { closeConversation, noteResolvedElsewhere } from '../../desk/close-conversation.ts';
import { confirmAssignment } from '../../desk/confirm-assignment.ts';
import type { Desk } from '../../desk/context.ts';
import { impliedBy } from '../../desk/find-wanted.ts';
import { noteUnavailable } from '../../desk/note-unavailable.ts';
import { releaseHold, takeBackEmptied, undoAssignment } from '../../desk/requeue-conversation.ts';
import { listReported, syncAgents } from '../../desk/sync-agents.ts';
import { Refused } from '../../errors.ts';
import { type ChannelWithSecrets, takeUncheckedRooms } from '../../store/channels.ts';
import type { carryToQiscus } from './carry-to-qiscus.ts';
import { letInUnlessBlocked } from './let-in-unless-blocked.ts';
import type { openQiscusClients } from './qiscus-clients.ts';
import { syncQiscus } from './sync-qiscus.ts';

export function outcomesOf(desk: Desk): Parameters<typeof carryToQiscus>[0]['outcomes'] {
  return {
    confirm: (key) => confirmAssignment(desk, key),
    undo: (args) => undoAssignment(desk, args),
    close: (args) => closeFromRemote(desk, args),
    noteUnavailable: (key) => noteUnavailable(desk, key),
    releaseHold: (key) => releaseHold(desk, key),
    takeBack: (key) => takeBackEmptied(desk, key),
    resolved: (args) => noteResolvedElsewhere(desk, args),
  };
}

async function closeFromRemote(
  desk: Desk,
  args: { workspaceId: string; conversationId: string; reason: string },
): Promise<void> {
  const closing = { ...args, actor: 'remote', acting: null, tellRemote: false };
  await closeConversation(desk, closing).catch(unlessRefused);
}

/** Somebody else closed or removed it meanwhile, so there is nothing to do. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof Refused)) throw error;
}

export function makeSync(
  desk: Desk,
  clientOf: ReturnType<typeof openQiscusClients>['of'],
  roomsEveryMs: number,
) {
  const roomsAt = new Map<string, number>();
  return async (channel: ChannelWithSecrets): Promise<string | null> => {
    const { workspaceId, channelId, weight } = channel;
    const client = clientOf(channelId);
    if (client === null) return 'The channel has no credentials.';
    const rooms =
      desk.clock.elapsed() - (roomsAt.get(channelId) ?? Number.NEGATIVE_INFINITY) >= roomsEveryMs;
    if (rooms) roomsAt.set(channelId, desk.clock.elapsed());
    const verbs = {
      syncAgents: (agents: Parameters<typeof syncAgents>[1]['agents'], gone: string[]) =>
        syncAgents(desk, { workspaceId, channelId, agents, gone }),
      listReported: () => listReported(desk, { workspaceId, channelId }),
      open: async ({ source, extras, ...news }: OpenNews) => {
        const ref = { channelId, weight, remote: true, ...impliedBy(channel) };
        const meta = { source, extras };
        await letInUnlessBlocked(desk, {
          workspaceId,
          channel: ref,
          priority: 'normal',
          meta,
          listed: true,
          ...news,
        });
      },
      takeUncheckedRooms: () =>
        takeUncheckedRooms(desk.db, { workspaceId, channelId, olderThanSeconds: 300, limit: 20 }),
      closeAsResolved: (conversationId: string) =>
        closeFromRemote(desk, { workspaceId, conversationId, reason: 'already-resolved' }),
    };
    return syncQiscus(client, verbs, { rooms });
  };
}

type OpenNews = Parameters<Parameters<typeof syncQiscus>[1]['open']>[0];
