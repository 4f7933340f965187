// A bare broker over the same transport, in its own process. It checks nothing and stores nothing.
import { createServer } from 'node:http';
import { Aedes } from 'aedes';
import { createWebSocketStream, WebSocketServer } from 'ws';

const aedes = await Aedes.createBroker();
const http = createServer();
const sockets = new WebSocketServer({ server: http, path: '/mqtt', perMessageDeflate: false });
sockets.on('connection', (socket) => {
  const stream = createWebSocketStream(socket);
  stream.on('error', () => socket.terminate());
  aedes.handle(stream);
});
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.send?.({ url: `ws://127.0.0.1:${port}/mqtt` });
});
// The parent may have ended without saying so.
process.once('disconnect', () => process.exit());
process.once('message', () => process.exit());
