// What the work at a mirror needs: the desk and the channel with its client.
import { backOffMs } from '../../contract/back-off.ts';
import type { Carried } from '../../delivery/carrier.ts';
import type { Desk } from '../../desk/context.ts';
import type { ChannelOf } from '../../store/channels.ts';
import type { Delivery } from '../../store/delivery-claims.ts';
import type { RocketChatClient } from './client.ts';
import type { FileTries } from './make-file-tries.ts';
import type { MirrorFailure } from './read-failure.ts';

export interface MirrorMeans {
  desk: Desk;
  channel: ChannelOf<'rocketchat'>;
  client: RocketChatClient;
  fileTries: FileTries;
}

/** Tried again: after what it asked for, or after 1, 2, 4 … 60 s. */
export function again(
  { attempts, uncertain }: Delivery,
  { kind, status, text, retryAfterMs }: MirrorFailure,
): Carried {
  const afterMs = retryAfterMs ?? backOffMs(Math.min(attempts, 8));
  const told = { result: text, status, answer: null };
  return { ...told, state: 'retry', afterMs, uncertain: uncertain || kind === 'unknown' };
}

export const done = (result: string): Carried => ({ state: 'done', result });

/** A delivery that is over, without the facts that it was made of. */
export const over = (result: string): Carried => ({
  ...done(result),
  sent: { body: '', headers: {}, address: null },
});

/** The word that Rocket.Chat refuses with when a room has ended. */
export function isEnded({ error }: MirrorFailure): boolean {
  return /room-closed|invalid-room|already[-_ ]closed/i.test(error);
}
