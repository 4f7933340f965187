// What every verb is given: the database, the log, and whom its commits tell.
import type { Pool } from 'pg';
import type { AllowedNetworks } from '../addresses/allowed-networks.ts';
import type { Clock } from '../clock.ts';
import type { SecretBox } from '../store/secret-box.ts';
import type { Telling } from './commit.ts';
import type { Gate } from './open-gate.ts';

export interface Log {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface Desk extends Telling {
  db: Pool;
  log: Log;
  clock: Clock;
  /** Seals and opens the secrets in the database. */
  secrets: SecretBox;
  /** Private networks that typed addresses may lead to. */
  allowedNetworks: AllowedNetworks;
  /** Which workspaces may begin something. */
  gate: Gate;
}
