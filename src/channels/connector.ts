// What a kind of channel gives the house, and what it is given: all that is known of it outside its room.
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Carrier } from '../delivery/carrier.ts';
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';
import type { ChannelFace } from '../http/channel-face.ts';
import type { Outbound } from '../outbound/make-outbound.ts';
import type { ChannelWithSecrets } from '../store/channels.ts';

export interface Connector extends ChannelFace {
  /** Brings there what it is told; absent where it is told nothing. */
  carry?: Carrier;
  /** Asks a remote desk for what it never tells. Answers what went wrong, or null. */
  sync?(channel: ChannelWithSecrets): Promise<string | null>;
  /** Says at the start what an admin should know. */
  warn?(): void;
  close?(): void;
}

export interface ConnectorMeans {
  config: Config;
  desk: Desk;
  directory: ChannelDirectory;
  log: Logger;
  outbound: {
    /** For whatever can be typed over the API. */
    typed: Pick<Outbound, 'send'>;
    /** For what only the environment can say. */
    own: Pick<Outbound, 'send'>;
  };
  /** Without a slash at the end. */
  publicUrl: () => string;
}
