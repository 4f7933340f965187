// What main gives the routes of web chat.
import type { Place } from '../../contract/place.ts';
import type { Presence } from '../../contract/presence.ts';
import type { Shown } from '../../contract/webchat.ts';
import type { FileRouteMeans } from '../../http/open-file-means.ts';
import type { WebSessionRow } from '../../store/web-sessions.ts';
import type { FindCaller } from './webchat-caller.ts';

export interface WebChatDoor {
  findCaller: FindCaller;
  /** The place of a waiting conversation in the queue. */
  placeOf(workspaceId: string, conversationId: string): Promise<Place>;
  /** Whether somebody is there for its visitors. null: there is no such channel. */
  presenceOf(workspaceId: string, channelId: string): Promise<Presence | null>;
  baseTopicOf(workspaceId: string): string;
  /** A client id by which a visitor may connect to a broker beside us. */
  noteClient(session: WebSessionRow, clientId: string): Promise<unknown>;
  /** Where browsers reach the broker. */
  mqttUrl(): string;
  shown: Shown;
  agentKeepAliveMs: number;
}

export type WebChatMeans = FileRouteMeans & { webChat: WebChatDoor };
