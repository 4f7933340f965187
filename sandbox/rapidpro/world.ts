// What every part of the emulator is given.
import type { CallOptions } from './call.ts';
import type { OrganisationState } from './state.ts';

export type ClientRules = Pick<
  CallOptions,
  'timeoutMs' | 'pace' | 'sendBodyOnRetry' | 'random' | 'signal' | 'ca'
>;

export interface World {
  organisations: OrganisationState[];
  rules: ClientRules;
  /** The emulator's own address, as webhook URLs and `next` links tell it. */
  origin: { publicUrl: string };
  connectTimeoutMs: number;
  allowPrivateHosts: boolean;
  historyPageSize: number;
  switches: Switches;
  nextToken: number;
}

export interface Switches {
  /** For this long after a ticket is stored, callbacks are still answered `no such ticket`. */
  ticketUnknownMs: number;
}
