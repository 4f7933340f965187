// Whether a visitor of a web chat finds anybody.

/**
 * here: an agent who may have the channel's conversations is online and has room for one. busy:
 * agents are online, and none has room. away: none of them is online.
 */
export const presenceStates = ['here', 'busy', 'away'] as const;
export type PresenceState = (typeof presenceStates)[number];

/** An object, so that more can be said of it, as when somebody will be back. */
export interface Presence {
  state: PresenceState;
}
