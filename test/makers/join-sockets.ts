// Two sockets as one way: what comes on one goes out on the other, and both end together.
import type { Socket } from 'node:net';

/** Both are among `open` for as long as they live. */
export function joinSockets(near: Socket, far: Socket, open: Set<Socket>): void {
  for (const socket of [near, far]) {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      open.delete(socket);
      near.destroy();
      far.destroy();
    });
  }
  near.pipe(far).pipe(near);
}
