// Does to one request what its behaviour says.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Behaviour, Fault } from './behaviour.ts';

const BODY = '{"received":true}';

export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** Aborted when the receiver goes down. */
  signal: AbortSignal;
  /** Where a 3xx points to by itself. */
  trapUrl: string;
  /** Of the connection under any TLS. */
  reset(): void;
}

export async function answerRequest(exchange: Exchange, behaviour: Behaviour): Promise<void> {
  if ('fault' in behaviour) return doWrong(exchange, behaviour);
  if (behaviour.afterMs !== undefined) await pause(exchange, behaviour.afterMs);
  sendAnswer(exchange, behaviour);
}

function sendAnswer({ response, trapUrl }: Exchange, answer: Answer): void {
  const { status, retryAfter, location, bodyBytes } = answer;
  const body = bodyBytes === undefined ? BODY : Buffer.alloc(bodyBytes, 'a');
  const headers: Record<string, string | number> = {
    'content-type': 'application/json',
    'content-length': body.length,
  };
  if (retryAfter instanceof Date) headers['retry-after'] = retryAfter.toUTCString();
  else if (retryAfter !== undefined) headers['retry-after'] = retryAfter;
  if (status >= 300 && status < 400) headers.location = location ?? trapUrl;
  response.writeHead(status, headers);
  response.end(body);
}

async function doWrong(exchange: Exchange, fault: Fault): Promise<void> {
  const { response, reset } = exchange;
  switch (fault.fault) {
    case 'hang':
      return;
    case 'reset':
      return reset();
    case 'half-headers':
      await write(response, 'HTTP/1.1 200 OK\r\nContent-Type: applica');
      return reset();
    case 'half-body': {
      const half = BODY.slice(0, BODY.length / 2);
      await write(response, `HTTP/1.1 200 OK\r\nContent-Length: ${BODY.length}\r\n\r\n${half}`);
      response.socket?.destroy();
      return;
    }
    case 'trickle':
      return trickle(exchange, fault);
  }
}

/** On the raw socket, because node:http does not write half an answer. */
function write({ socket }: ServerResponse, text: string): Promise<void> {
  return new Promise((resolve) => {
    if (socket === null || socket.destroyed) resolve();
    else socket.write(text, () => resolve());
  });
}

async function trickle(
  exchange: Exchange,
  { everyMs, bytes = 1000 }: { everyMs: number; bytes?: number },
): Promise<void> {
  const { response, signal } = exchange;
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': bytes });
  response.flushHeaders();
  for (let written = 0; written < bytes; written++) {
    await pause(exchange, everyMs);
    if (signal.aborted || response.destroyed) return;
    response.write('a');
  }
  response.end();
}

async function pause({ signal }: Exchange, ms: number): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
