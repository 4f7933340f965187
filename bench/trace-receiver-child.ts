// A receiver of traces in its own process: it answers at once, and counts afterwards.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeSpans } from '../test/makers/decode-spans.ts';

export interface TraceReceiverAnswers {
  url: string;
  spans: number;
}

const bodies: Buffer[] = [];
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    bodies.push(Buffer.concat(parts));
    response.end();
  });
});

// The parent may have ended without saying so.
process.once('disconnect', () => process.exit());
process.on('message', (order: 'count' | 'stop') => {
  if (order === 'stop') process.exit();
  const spans = bodies.reduce((sum, body) => sum + decodeSpans(body).length, 0);
  process.send?.({ spans });
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
