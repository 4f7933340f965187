// Bundles what every part of the running emulator needs.
import type { HookSender } from './hooks.ts';
import type { Random } from './random.ts';
import type { Assignment, State } from './state.ts';
import type { Switches } from './switches.ts';

export interface Emulation {
  state: State;
  switches: Switches;
  random: Random;
  hooks: HookSender;
  /** Tells the listeners of an assignment that took effect. */
  announce(assignment: Assignment): void;
}
