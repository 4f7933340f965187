// What main gives the routes of API channels.
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
  /** The picture of an agent who has none. */
  agentAvatarUrl: string | null;
}

export type ApiMeans = RouteMeans & {
  api: ApiDoor;
  programs: WaitingPrograms;
};
