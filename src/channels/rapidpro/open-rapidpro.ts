// RapidPro's room, opened: what the house is given of it.
import { importHistory } from '../../desk/import-history.ts';
import type { Connector, ConnectorMeans } from '../connector.ts';
import { carryToRapidPro } from './carry-to-rapidpro.ts';
import { makeCheckBodies } from './check-bodies.ts';
import { checkBodiesRoutes } from './check-bodies-route.ts';
import { openRapidProDoor } from './rapidpro-door.ts';
import { rapidProRoutes } from './routes.ts';

const KIND = 'rapidpro';

export function openRapidPro(means: ConnectorMeans): Connector {
  const { config, desk, directory, outbound, publicUrl } = means;
  const checkBodies = makeCheckBodies({
    outside: outbound.own,
    publicUrl: config.PUBLIC_URL ?? null,
  });
  return {
    kind: KIND,
    routes: async (app, doors) => {
      await app.register(checkBodiesRoutes, { ...doors, checkBodies });
      await app.register(rapidProRoutes, openRapidProDoor({ ...doors, log: app.log }));
    },
    urls: (channelId, base) => ({ baseUrl: `${base}/api/apps/public/${channelId}` }),
    // RapidPro fetches files by a user and a token, which are ours to make.
    shownOnce: ({ id }, made) => ({ adminUserId: id, adminAuthToken: made }),
    carry: carryToRapidPro({
      ...{ db: desk.db, outbound: outbound.typed, publicUrl },
      channelOf: (id) => directory.ofKind(KIND).find((one) => one.channelId === id) ?? null,
      importHistory: (args) => importHistory(desk, args),
    }),
  };
}
