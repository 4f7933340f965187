// Keeps the places of those who wait, workspace by workspace, for as long as they are asked for or told.
import type { Place } from '../contract/place.ts';
import { keepLanes } from '../loops/keep-lanes.ts';
import type { LoopClock } from '../loops/open-lane.ts';
import { keepPlaces, type PlacesOptions } from './keep-places.ts';

export interface AllPlaces {
  /** Of a conversation that waits. */
  of(workspaceId: string, conversationId: string): Promise<Place>;
  /** Somebody has begun to listen, or conversations have moved. */
  moved(workspaceId: string): void;
  stop(): Promise<void>;
}

export function keepAllPlaces(
  optionsOf: (workspaceId: string) => PlacesOptions,
  clock: LoopClock,
): AllPlaces {
  const open = (workspaceId: string) => keepPlaces(optionsOf(workspaceId), workspaceId);
  const lanes = keepLanes(open, { clock });
  return {
    of: (workspaceId, conversationId) => lanes.of(workspaceId).of(conversationId),
    moved: (workspaceId) => lanes.of(workspaceId).moved(),
    stop: lanes.stop,
  };
}
