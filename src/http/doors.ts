// What the routes are given.
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';

export interface Doors {
  desk: Desk;
  directory: ChannelDirectory;
  /** Without a slash at the end. */
  publicUrl: () => string;
}
