// A desk that writes to the database and tells nobody, but whom the test names.
import type { Pool } from 'pg';
import { type Clock, makeClock } from '../../src/clock.ts';
import { type Receiver, telling } from '../../src/desk/commit.ts';
import type { Desk } from '../../src/desk/context.ts';
import { openToAll } from '../../src/desk/open-gate.ts';
import { makeSecretBox } from '../../src/store/secret-box.ts';

export function silentDesk(
  db: Pool,
  { clock = makeClock(), ...receiver }: Partial<Receiver> & { clock?: Clock } = {},
): Desk {
  const nothing = () => {};
  const silent = { wake: nothing, wakeIn: nothing, send: nothing, changed: nothing };
  return {
    db,
    clock,
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    secrets: makeSecretBox({ key: undefined }),
    allowedNetworks: [],
    gate: openToAll,
    ...telling({ ...silent, channelsChanged: async () => {}, ...receiver }),
  };
}
