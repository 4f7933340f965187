// A desk that writes to the database and tells nobody.
import type { Pool } from 'pg';
import type { Desk } from '../../src/desk/context.ts';
import { makeGather } from '../../src/store/gather.ts';

export function silentDesk(db: Pool): Desk {
  const nothing = () => {};
  return {
    db,
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    wake: nothing,
    wakeAt: nothing,
    send: nothing,
    changed: nothing,
    channelsChanged: async () => {},
    gather: makeGather(),
    allowedNetworks: [],
  };
}
