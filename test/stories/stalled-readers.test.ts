// A client that asks for large answers and never reads them does not keep them in the server's memory.
import diagnostics from 'node:diagnostics_channel';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { STALLED_MS } from '../../src/http/cut-stalled.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';

/** Together more than the system holds between two sockets. */
const TIMES = 12;

/** The server's end of the connection. */
async function openSocket(url: string): Promise<{ socket: Socket; served: Socket }> {
  const found = Promise.withResolvers<Socket>();
  const socket = connect(Number(new URL(url).port), '127.0.0.1').pause();
  socket.on('error', () => undefined);
  const note = (message: unknown) => {
    const { socket: other } = message as { socket: Socket };
    if (other.remotePort === socket.localPort) found.resolve(other);
  };
  diagnostics.subscribe('net.server.socket', note);
  onTestFinished(() => {
    diagnostics.unsubscribe('net.server.socket', note);
    socket.destroy();
  });
  await once(socket, 'connect');
  return { socket, served: await found.promise };
}

test('whoever asks for large answers and reads none is cut, and others are answered meanwhile', async () => {
  const usher = await startTestUsher();
  const { socket, served } = await openSocket(usher.url);
  socket.write('GET /openapi.json HTTP/1.1\r\nHost: usher\r\n\r\n'.repeat(TIMES));
  await eventually(
    () => [served.timeout, served.writableLength > 0],
    ([time, waits]) => time === STALLED_MS && waits === true,
  );
  expect((await fetch(`${usher.url}/livez`)).status).toBe(200);
  expect(served.destroyed).toBe(false);
  // As if that time were over.
  served.setTimeout(200);
  await once(served, 'close');
  expect(served.writableLength).toBe(0);
});
