// Ends connections at a broker beside Usher, which has no command for it: a new connection with the
// same client id ends the old one.
import mqtt from 'mqtt';
import type { Db } from '../store/sql.ts';
import { forgetEndedClients, listEndedClients } from '../store/web-clients.ts';

const CONNECT_WITHIN_MS = 5000;
/** Each is a connection of its own, opened and closed. */
const AT_ONCE = 20;

/**
 * For visitors whose sessions have ended: we connect with their id and leave (MQTT 3.1.1 §3.1.4-2),
 * and they are refused when they return. A failure is tried again at the next look.
 */
export async function cutAtBroker(means: {
  url: string;
  db: Db;
  workspaceId: string;
  onError: (error: unknown, what: string) => void;
}): Promise<void> {
  const { url, db, workspaceId, onError } = means;
  const sessions = await listEndedClients(db, workspaceId);
  const clients = sessions.flatMap(({ sessionId, clientIds }) =>
    clientIds.map((clientId) => ({ sessionId, clientId })),
  );
  for (let at = 0; at < clients.length; at += AT_ONCE) {
    const some = clients.slice(at, at + AT_ONCE);
    const tries = await Promise.allSettled(some.map(({ clientId }) => takeOver(url, clientId)));
    const cut = some.filter((_, place) => tries[place]?.status === 'fulfilled');
    if (cut.length > 0) await forgetEndedClients(db, workspaceId, cut);
    const failed = tries.find((one) => one.status === 'rejected');
    if (failed !== undefined) onError(failed.reason, 'a visitor could not be cut at the broker');
  }
}

async function takeOver(url: string, clientId: string): Promise<void> {
  const client = mqtt.connect(url, {
    clientId,
    clean: true,
    protocolVersion: 4,
    reconnectPeriod: 0,
    connectTimeout: CONNECT_WITHIN_MS,
  });
  try {
    await new Promise<void>((done, fail) => {
      client.once('connect', () => done());
      client.once('error', fail);
      client.once('close', () => fail(new Error('The broker closed the connection.')));
    });
  } finally {
    client.on('error', () => {});
    await client.endAsync(!client.connected).catch(() => {});
  }
}
