// Tells the programs that wait at this node how the places of their contacts in the queue move.
import type { Place } from '../../contract/place.ts';
import type { Desk } from '../../desk/context.ts';
import { type AllPlaces, keepAllPlaces } from '../../desk/keep-all-places.ts';
import {
  listProgramQueuePlaces,
  listWaitingOfPrograms,
} from '../../store/program-conversations.ts';
import { presentPlace } from './present-place.ts';
import type { WaitingPrograms } from './waiting-programs.ts';

interface Means {
  desk: Desk;
  programs: () => Pick<WaitingPrograms, 'heard' | 'channelsOf'>;
  onError: (error: unknown, what: string) => void;
}

export function openProgramPlaces(means: Means): AllPlaces {
  const { desk, programs, onError } = means;
  const { db, clock } = desk;
  const channelsOf = (workspaceId: string) => programs().channelsOf(workspaceId, 'place');
  return keepAllPlaces(
    (workspaceId) => ({
      ...{ db, clock, onError },
      list: (first) => {
        const channelIds = channelsOf(workspaceId);
        return listProgramQueuePlaces(db, { workspaceId, channelIds, first });
      },
      tell: (places) => tellPlaces(means, { workspaceId, places }),
      isHeard: () => channelsOf(workspaceId).length > 0,
    }),
    clock,
  );
}

async function tellPlaces(
  { desk: { db, clock }, programs }: Means,
  { workspaceId, places }: { workspaceId: string; places: ReadonlyMap<string, Place> },
): Promise<void> {
  const conversationIds = [...places.keys()];
  const at = new Date(clock.now()).toISOString();
  for (const one of await listWaitingOfPrograms(db, { workspaceId, conversationIds })) {
    const { conversationId, channelId, externalId: conversation, contactExternalId } = one;
    const place = presentPlace(places.get(conversationId));
    if (place === null) continue;
    const about = { conversation, conversationId, contact: { externalId: contactExternalId }, at };
    programs().heard(workspaceId, { channelId, update: { type: 'place', ...about, place } });
  }
}
