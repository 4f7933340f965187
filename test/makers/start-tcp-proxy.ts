// Stands before a server and can be gone, as if the server were.
import { connect, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { findFreePort } from './find-free-port.ts';
import { joinSockets } from './join-sockets.ts';

export interface TcpProxy {
  port: number;
  /** Nothing passes any more, and nobody is told: as when a cable is pulled behind the router. */
  freeze(): void;
  /** Cuts every connection and takes no new one. */
  goDown(): Promise<void>;
  /** After either. */
  comeBack(): Promise<void>;
}

export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let frozen = false;
  let server: Server;
  const open = (port: number): Promise<number> => {
    server = createServer((near) => {
      const far = connect(target.port, target.host);
      joinSockets(near, far, sockets);
      if (frozen) near.unpipe().pause();
    });
    return new Promise((resolve) => {
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  };
  const freeze = (): void => {
    frozen = true;
    for (const socket of sockets) socket.unpipe().pause();
  };
  const goDown = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  // One that is still its own when it comes back.
  const port = await open(await findFreePort());
  onTestFinished(goDown);
  const comeBack = async (): Promise<void> => {
    if (frozen) await goDown();
    frozen = false;
    await open(port);
  };
  return { port, freeze, goDown, comeBack };
}
