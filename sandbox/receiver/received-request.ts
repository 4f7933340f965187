// What the receiver keeps of each request.
import type { IncomingHttpHeaders } from 'node:http';
import type { Behaviour } from './behaviour.ts';

export interface ReceivedRequest {
  /** When its headers had arrived, in milliseconds since 1970. */
  at: number;
  method: string;
  /** With the query. */
  path: string;
  headers: IncomingHttpHeaders;
  /** Names and values in turn, spelt as they came. */
  rawHeaders: string[];
  /** The very bytes. */
  body: Buffer;
  /** The `webhook-id`; '' without one. */
  id: string;
  /** How often this id has come so far, this time included. */
  time: number;
  /** null only while it is being chosen. */
  behaviour: Behaviour | null;
}
