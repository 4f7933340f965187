// Writes an answer as its behaviour says, or breaks off.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, HANDLED, UNAUTHORIZED } from './answer-callback.ts';
import type { Arrival } from './arrival.ts';
import type { Behaviour } from './behaviour.ts';

export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** Aborted when the emulator goes down. */
  signal: AbortSignal;
}

/** `own`: what mailroom would answer; null if the event was kept from it. */
export async function sendAnswer(
  { response, signal }: Exchange,
  { arrival, own, trapUrl }: { arrival: Arrival; own: Answer | null; trapUrl: string },
): Promise<void> {
  const { behaviour } = arrival;
  if (behaviour.afterMs !== undefined) {
    await sleep(behaviour.afterMs, undefined, { signal }).catch(() => {});
  }
  if (signal.aborted || behaviour.fault === 'hang') return;
  const { socket } = response;
  if (behaviour.fault === 'reset') return void socket?.resetAndDestroy();
  const { status, body } = textOf(arrival, own);
  if (behaviour.fault === 'half-body') {
    const half = body.slice(0, body.length / 2);
    socket?.write(
      `HTTP/1.1 ${status} \r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${half}`,
    );
    return void socket?.end();
  }
  arrival.answer = { status, body };
  response.writeHead(status, headersOf(behaviour, { status, body, trapUrl }));
  response.end(body);
}

function textOf(arrival: Arrival, own: Answer | null): { status: number; body: string } {
  const { behaviour } = arrival;
  const asMailroom = own ?? HANDLED;
  const status = behaviour.status ?? asMailroom.status;
  if (behaviour.body !== undefined) {
    const { body } = behaviour;
    return { status, body: typeof body === 'string' ? body : JSON.stringify(body) };
  }
  const answer = behaviour.status === undefined ? asMailroom : usual(behaviour.status, arrival);
  return { status, body: status === 204 ? '' : JSON.stringify(answer.json) };
}

/** What mailroom says with such a status. */
function usual(status: number, { event }: Arrival): Answer {
  if (status < 300) return HANDLED;
  if (status === 401) return UNAUTHORIZED;
  const error = status === 404 ? `no such ticket ${event?.ticketUuid}` : `emulated ${status}`;
  return { status, json: { error } };
}

function headersOf(
  { retryAfter, location }: Behaviour,
  { status, body, trapUrl }: { status: number; body: string; trapUrl: string },
): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (status !== 204) headers['content-length'] = String(Buffer.byteLength(body));
  if (retryAfter instanceof Date) headers['retry-after'] = retryAfter.toUTCString();
  else if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter);
  if (status >= 300 && status < 400) headers.location = location ?? trapUrl;
  return headers;
}
