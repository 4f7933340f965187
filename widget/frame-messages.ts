// What the loader on the host's page and the chat in Usher's frame say to each other.

import type { PresenceState } from '../src/contract/presence.ts';

/** Who the host says its visitor is; unproved unless a hash or a token comes with it. */
export interface Customer {
  id?: string;
  name?: string;
  email?: string;
  avatarURL?: string;
  identityHash?: string;
  identityToken?: string;
  [field: string]: unknown;
}

/** The channel is not among them: it stands in the frame's address, by which the server judges who may show it. */
export interface BootOptions {
  title?: string;
  colour?: string;
  position?: 'right' | 'left';
  theme?: 'auto' | 'light' | 'dark';
  locale?: string;
  showPoweredBy?: boolean;
  launcherText?: string;
  sound?: boolean;
  unreadInTitle?: boolean;
  customer?: Customer;
}

export interface Page {
  url: string;
  title: string;
  referrer: string;
}

/** Everything that the loader needs to draw the launcher. */
export interface Look {
  colour: string;
  position: 'right' | 'left';
  presence: PresenceState;
  unread: number;
  launcherText: string;
  labels: { open: string; close: string; frame: string };
}

export type EventName =
  | 'ready'
  | 'open'
  | 'close'
  | 'unread'
  | 'message'
  | 'started'
  | 'ended'
  | 'error';

export type ToFrame =
  | {
      usher: 'boot';
      options: BootOptions;
      page: Page;
      formerGuest: Customer | null;
      /** Stored for the frame of an earlier page. */
      kept: string | null;
    }
  /** Another tab's frame has asked for it since. */
  | { usher: 'kept'; kept: string | null }
  | { usher: 'shown'; open: boolean; fullScreen: boolean }
  | { usher: 'identify'; customer: Customer }
  | { usher: 'locale'; locale: string }
  | { usher: 'reset' };

export type FromFrame =
  | { usher: 'hello' }
  | { usher: 'look'; look: Look }
  | { usher: 'close' }
  /** To be kept with the page, where the browser gives the frame no storage; null: to be forgotten. */
  | { usher: 'keep'; kept: string | null }
  | { usher: 'event'; name: EventName; detail: unknown };

/** Only the shape's tag: who sent it was checked before, by window and origin. */
export function isTagged(data: unknown): data is { usher: string } {
  return typeof data === 'object' && data !== null && 'usher' in data;
}
