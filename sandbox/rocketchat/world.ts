// The one thing that everything in the emulator is handed. What can happen in it stands in `verbs/`, a verb a file.

import type { Clock } from './make-clock.ts';
import type { Listeners } from './make-listeners.ts';
import type { Settings } from './settings.ts';
import type { State } from './state.ts';

export interface World {
  readonly state: State;
  /** May be changed at any time, by tests and by `POST settings/:id`. */
  readonly settings: Settings;
  readonly clock: Clock;
  readonly listeners: Listeners;
}
