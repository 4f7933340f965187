// Stands between two programs and does to their connections what networks do: cuts, holds up, slows down, refuses.
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from './find-free-port.ts';

export interface Target {
  host: string;
  port: number;
}

export interface TcpProxy {
  /** On 127.0.0.1; the same for as long as it lives. */
  readonly port: number;
  /** Ends every connection. */
  cut(): void;
  /** Nothing passes any more, and nobody is told: as when a cable is pulled behind the router. */
  stall(): void;
  /** Each piece comes so much later. */
  slowDown(ms: number): void;
  /** Cuts every connection and takes no new one. */
  goDown(): Promise<void>;
  /** After any of these; what was held up goes on. */
  recover(): Promise<void>;
  close(): Promise<void>;
}

/** `target`: asked for each connection, as it may move. */
export async function openProxy(target: () => Target): Promise<TcpProxy> {
  const line: Line = { sockets: new Set(), held: null, lateMs: 0 };
  const port = await findFreePort();
  let server: Server | null = await listen(port, line, target);
  const cut = (): void => {
    for (const socket of line.sockets) socket.destroy();
  };
  const goDown = async (): Promise<void> => {
    const closing = server;
    server = null;
    const closed = closing && new Promise((done) => closing.close(done));
    cut();
    await closed;
  };
  const release = (): void => {
    line.lateMs = 0;
    line.held?.resolve();
    line.held = null;
  };
  return {
    ...{ port, cut, goDown },
    stall: () => {
      line.held ??= Promise.withResolvers();
    },
    slowDown: (ms) => {
      line.lateMs = ms;
    },
    recover: async () => {
      release();
      server ??= await listen(port, line, target);
    },
    close: async () => {
      await goDown();
      release();
    },
  };
}

interface Line {
  sockets: Set<Socket>;
  /** Resolved when it flows again; null: it does. */
  held: PromiseWithResolvers<void> | null;
  lateMs: number;
}

async function listen(port: number, line: Line, target: () => Target): Promise<Server> {
  const server = createServer((near) => {
    const far = connect(target());
    join(near, far, line);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** What comes on one goes out on the other, and both end together. */
function join(near: Socket, far: Socket, line: Line): void {
  for (const socket of [near, far]) {
    line.sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => {
      line.sockets.delete(socket);
      near.destroy();
      far.destroy();
    });
  }
  for (const [from, to] of [
    [near, far],
    [far, near],
  ] as const) {
    // Broken on either side: both are destroyed.
    carry(from, to, line).catch(() => to.destroy());
  }
}

async function carry(from: Socket, to: Socket, line: Line): Promise<void> {
  for await (const piece of from) {
    if (line.held !== null) await line.held.promise;
    if (line.lateMs > 0) await sleep(line.lateMs);
    if (to.destroyed) return;
    if (!to.write(piece)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
  }
  to.end();
}
