// What every part of the emulator is given: its state, switches, dice and hooks.
import type { Hooks } from './hooks.ts';
import type { Random } from './random.ts';
import type { State } from './state.ts';
import type { Switches } from './switches.ts';

export interface World {
  readonly state: State;
  readonly switches: Switches;
  readonly random: Random;
  readonly hooks: Hooks;
  now(): number;
}
