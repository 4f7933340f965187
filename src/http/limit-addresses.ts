// Limits the connections and requests of one address, so that it cannot crowd out the others.
import type { FastifyInstance } from 'fastify';
import { networkOf } from '../access/network-of.ts';
import { Refused } from '../errors.ts';

/** A company with all agents behind one address, with some tabs each, stays below this. */
const CONNECTIONS = 1000;
const AT_ONCE = 250;

export interface AddressLimits {
  connections?: number;
  atOnce?: number;
}

/**
 * Connections are counted by their own address, unless that is a proxy of ours: then its requests
 * are counted, by the address that it names. A proxy that names none is not counted, or all its
 * clients would count as one.
 */
export function limitAddresses(
  app: FastifyInstance,
  trustsProxy: (address: string | undefined) => boolean,
  { connections: most = CONNECTIONS, atOnce = AT_ONCE }: AddressLimits = {},
): void {
  const connections = makeCounts();
  const requests = makeCounts();
  app.server.on('connection', (socket) => {
    const { remoteAddress } = socket;
    if (remoteAddress === undefined || trustsProxy(remoteAddress)) return;
    const key = networkOf(remoteAddress);
    if (connections.take(key) > most) socket.destroy();
    socket.once('close', () => connections.giveBack(key));
  });
  app.addHook('onRequest', async (request, reply) => {
    if (trustsProxy(request.ip)) return;
    const key = networkOf(request.ip);
    const count = requests.take(key);
    reply.raw.once('close', () => requests.giveBack(key));
    if (count <= atOnce) return;
    reply.header('retry-after', '10').header('connection', 'close');
    throw new Refused('request.too-many');
  });
}

interface Counts {
  /** Answers how many there are now. */
  take(key: string): number;
  giveBack(key: string): void;
}

function makeCounts(): Counts {
  const counts = new Map<string, number>();
  return {
    take: (key) => {
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return count;
    },
    giveBack: (key) => {
      const left = (counts.get(key) ?? 1) - 1;
      if (left === 0) counts.delete(key);
      else counts.set(key, left);
    },
  };
}
