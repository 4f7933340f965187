// A desk that writes to the database and tells nobody.
import type { Pool } from 'pg';
import type { Desk } from '../../src/desk/context.ts';
import { makeSecretBox } from '../../src/store/secret-box.ts';

export function silentDesk(db: Pool): Desk {
  const nothing = () => {};
  return {
    db,
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    wake: nothing,
    wakeIn: nothing,
    send: nothing,
    changed: nothing,
    channelsChanged: async () => {},
    secrets: makeSecretBox({ key: undefined }),
    allowedNetworks: [],
  };
}
