// Opens RapidPro's room and gives it to the server.
import { importHistory } from '../../desk/import-history.ts';
import type { Connector, ConnectorMeans } from '../connector.ts';
import { carryToRapidPro } from './carry-to-rapidpro.ts';
import { makeCheckBodies } from './check-bodies.ts';
import { checkBodiesRoutes } from './check-bodies-route.ts';
import { makeRapidProDoor } from './rapidpro-door.ts';
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
    routes: async (app, given) => {
      await app.register(checkBodiesRoutes, { ...given, checkBodies });
      await app.register(rapidProRoutes, makeRapidProDoor({ ...given, log: app.log }));
    },
    urls: (channelId, base) => ({ baseUrl: `${base}/api/apps/public/${channelId}` }),
    // RapidPro fetches files with a user and a token, which we make.
    shownOnce: ({ id }, made) => ({ adminUserId: id, adminAuthToken: made }),
    carry: carryToRapidPro({
      ...{ db: desk.db, clock: desk.clock, outbound: outbound.typed, publicUrl },
      channelOf: (id) => directory.ofKind(KIND).find((one) => one.channelId === id) ?? null,
      importHistory: (args) => importHistory(desk, args),
    }),
  };
}
