// What a kind of channel provides and what it is given; nothing else of its room is known outside.
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Carrier } from '../delivery/carrier.ts';
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';
import type { ChannelFace } from '../http/channel-face.ts';
import type { Outbound } from '../outbound/open-guarded-outbound.ts';
import type { ChannelWithSecrets } from '../store/channels.ts';

export interface Connector extends ChannelFace {
  /** Carries deliveries to the outside system; absent where it is told nothing. */
  carry?: Carrier;
  /** Asks a remote desk for what it does not send. Answers what went wrong, or null. */
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
    /** For everything that can be typed over the API. */
    typed: Pick<Outbound, 'send'>;
    /** For what only the environment can say. */
    own: Pick<Outbound, 'send'>;
  };
  /** Without a slash at the end. */
  publicUrl: () => string;
}
