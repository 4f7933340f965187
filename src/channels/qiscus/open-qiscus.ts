// Opens Qiscus' room and gives it to the server.
import { SECRET_PLACE } from '../../http/channel-face.ts';
import type { Connector, ConnectorMeans } from '../connector.ts';
import { carryToQiscus } from './carry-to-qiscus.ts';
import { makeSync, outcomesOf } from './connect-qiscus.ts';
import { openQiscusClients } from './qiscus-clients.ts';
import { makeQiscusDoor } from './qiscus-door.ts';
import { registerResolveRoutes } from './register-resolve.ts';
import { qiscusRoutes } from './routes.ts';
import { warnOfOpenDoors } from './warn-of-open-doors.ts';

const KIND = 'qiscus';
const WEBHOOKS = { agentAllocation: 'agent_allocation', markAsResolved: 'mark_as_resolved' };

export function openQiscus({ config, desk, directory, log, outbound }: ConnectorMeans): Connector {
  const ownBase = trim(config.QISCUS_BASE_URL);
  const clients = openQiscusClients(
    (id) => directory.ofKind(KIND).find(({ channelId }) => channelId === id) ?? null,
    // The operator set the environment's address, so it counts as the operator's even when somebody
    // types it again.
    (baseUrl) => (trim(baseUrl) === ownBase ? outbound.own : outbound.typed),
  );
  return {
    kind: KIND,
    routes: async (app, means) => {
      await app.register(registerResolveRoutes, { ...means, clients: clients.of });
      await app.register(qiscusRoutes, makeQiscusDoor({ ...means, clients: clients.of }));
    },
    urls: (_channelId, publicUrl) =>
      mapValues(WEBHOOKS, (path) => `${publicUrl}/api/v1/webhook/${path}/${SECRET_PLACE}`),
    shownOnce: ({ urls }, made) =>
      mapValues(urls, (url) => url.replace(SECRET_PLACE, encodeURIComponent(made))),
    carry: carryToQiscus({ db: desk.db, clientOf: clients.of, outcomes: outcomesOf(desk) }),
    sync: makeSync(desk, clients.of, config.QISCUS_SYNC_ROOMS_MS),
    warn: () => warnOfOpenDoors(directory.ofKind(KIND), log),
    close: clients.close,
  };
}

function trim(url: string): string {
  return url.replace(/\/+$/, '');
}

function mapValues(
  of: Record<string, string>,
  change: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(value)]));
}
