// A port on which nobody listens, and that the system gives to nobody who asks for any.
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below those that the system picks from by itself: what is free now is free later too. */
const [FIRST, END] = [15_000, 32_000];
const TRIES = 100;
const given = new Set<number>();

export async function findFreePort(): Promise<number> {
  for (let left = TRIES; left > 0; left -= 1) {
    const port = randomInt(FIRST, END);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error('There is no free port.');
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((done) => {
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}
