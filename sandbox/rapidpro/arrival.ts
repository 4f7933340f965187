// What the emulator keeps of each request that it received.
import type { IncomingHttpHeaders } from 'node:http';
import type { Behaviour } from './behaviour.ts';
import type { CallbackEvent } from './read-event.ts';

export interface Arrival {
  /** When its body had arrived whole, in milliseconds since 1970. */
  at: number;
  method: string;
  /** With the query. */
  path: string;
  headers: IncomingHttpHeaders;
  /** Names and values in turn, spelt as they came. */
  rawHeaders: string[];
  /** The very bytes. */
  body: Buffer;
  /** How often these bytes have come to this path so far, this time included. */
  time: number;
  /** null unless it is a callback with a readable body. */
  event: CallbackEvent | null;
  behaviour: Behaviour;
  /** Whether it took effect: a message reached the customer, a ticket was closed, a page was listed. */
  handled: boolean;
  /** null while there is none, and for good after a fault. */
  answer: { status: number; body: string } | null;
}

export interface Repeat {
  path: string;
  body: Buffer;
  times: number;
  /** How many of them took effect: the customer saw it so often. */
  handled: number;
}

/** The same bytes to the same path; two equal messages of an agent look just so, too. */
export function repeats(arrivals: readonly Arrival[]): Repeat[] {
  const alike = Map.groupBy(arrivals, keyOf);
  return [...alike.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined || all.length < 2) return [];
    const handled = all.filter((arrival) => arrival.handled).length;
    return [{ path: first.path, body: first.body, times: all.length, handled }];
  });
}

export function keyOf({ path, body }: Pick<Arrival, 'path' | 'body'>): string {
  return `${path} ${body.toString('latin1')}`;
}
