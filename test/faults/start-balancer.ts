// One address before several servers, as a load balancer gives: each connection goes to one that lives.
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { joinSockets } from '../makers/join-sockets.ts';
import type { ServerProcess } from './server-process.ts';

/** Answers the address. Whoever's server dies finds the connection cut. */
export async function startBalancer(servers: readonly ServerProcess[]): Promise<string> {
  const sockets = new Set<Socket>();
  let turn = 0;
  const balancer = createServer((near) => {
    const alive = servers.filter((server) => server.isAlive());
    const chosen = alive[turn++ % Math.max(1, alive.length)];
    if (chosen === undefined) {
      near.destroy();
      return;
    }
    const far = connect(Number(new URL(chosen.url).port), '127.0.0.1');
    joinSockets(near, far, sockets);
  });
  await new Promise<void>((done) => balancer.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    balancer.close();
  });
  const address = balancer.address();
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return `http://127.0.0.1:${address.port}`;
}
