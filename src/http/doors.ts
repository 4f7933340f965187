// What the routes are given.
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';
import type { NoteReads } from '../desk/note-reads.ts';

export interface Doors {
  desk: Desk;
  directory: ChannelDirectory;
  /** One for all doors: by whichever something is read, it is on record once. */
  noteRead: NoteReads;
  /** Without a slash at the end. */
  publicUrl: () => string;
}
