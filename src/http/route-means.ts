// What the routes are given.
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';
import type { NoteReads } from '../desk/note-reads.ts';
import type { Mailing } from '../desk/send-mail.ts';

export interface RouteMeans {
  desk: Desk;
  directory: ChannelDirectory;
  /**
   * One for all routes and for MQTT, so that reading the same thing in several ways is recorded
   * once.
   */
  noteRead: NoteReads;
  /** Without a slash at the end. */
  publicUrl: () => string;
  /** null: no mail server is set up. */
  mailing: Mailing | null;
}
