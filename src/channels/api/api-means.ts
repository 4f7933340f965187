// What main gives the routes of API channels.
import type { Place } from '../../contract/place.ts';
import type { Presence } from '../../contract/presence.ts';
import type { RouteMeans } from '../../http/route-means.ts';
import type { WaitingPrograms } from './waiting-programs.ts';

export interface ApiDoor {
  /** Shows the agent that the contact is typing. */
  tellTyping(
    workspaceId: string,
    agentId: string,
    told: {
      conversationId: string;
      typing: boolean;
      from: { id: string; name: string; verified: null };
    },
  ): void;
  /** Whether somebody is there for its contacts. null: there is no such channel. */
  presenceOf(workspaceId: string, channelId: string): Promise<Presence | null>;
  /** Of a conversation that waits. */
  placeOf(workspaceId: string, conversationId: string): Promise<Place>;
  /** The picture of an agent who has none. */
  agentAvatarUrl: string | null;
}

export type ApiMeans = RouteMeans & {
  api: ApiDoor;
  programs: WaitingPrograms;
};
