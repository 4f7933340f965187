// Plays the two sides that an emulated Qiscus meets in its tests: the caller of its API and the receiver of its webhooks.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { type EmulatorOptions, type QiscusEmulator, startQiscusEmulator } from './emulator.ts';
import type { Switches } from './switches.ts';

export interface Reply<T> {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; null when it is none. */
  json: T;
}

export interface CallOptions {
  method?: 'GET' | 'POST';
  query?: Record<string, string>;
  json?: unknown;
  form?: Record<string, string>;
  multipart?: Record<string, string>;
  /** The app's key unless given. */
  headers?: Record<string, string>;
  /** Gives up after so long. */
  patienceMs?: number;
}

export interface Outsider {
  qiscus: QiscusEmulator;
  /** With a body a POST, otherwise a GET. */
  call<T = unknown>(path: string, options?: CallOptions): Promise<Reply<T>>;
  /** Calls one of the writes of `/api/v1/admin/service`. */
  write(verb: string, form: Record<string, string | number | boolean>): Promise<Reply<unknown>>;
}

export async function startOutsider(
  switches: Partial<Switches> = {},
  options: EmulatorOptions = {},
): Promise<Outsider> {
  const qiscus = await startQiscusEmulator({ ...options, switches });
  onTestFinished(() => qiscus.close());
  const call: Outsider['call'] = async (path, given = {}) => {
    const url = new URL(path, qiscus.url);
    for (const [name, value] of Object.entries(given.query ?? {})) {
      url.searchParams.append(name, value);
    }
    const { body, type } = encode(given);
    const response = await fetch(url, {
      method: given.method ?? (body === null ? 'GET' : 'POST'),
      headers: { ...(given.headers ?? keyOf(qiscus)), ...type },
      body,
      ...(given.patienceMs !== undefined && { signal: AbortSignal.timeout(given.patienceMs) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parse(text) as never };
  };
  const write: Outsider['write'] = (verb, fields) => {
    const form = Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [key, `${value}`]),
    );
    return call(`/api/v1/admin/service/${verb}`, { form });
  };
  return { qiscus, call, write };
}

export function keyOf({ app }: QiscusEmulator): Record<string, string> {
  return { 'qiscus-app-id': app.appId, 'qiscus-secret-key': app.secretKey };
}

/** The headers of a fresh login. */
export async function logIn({ qiscus, call }: Outsider): Promise<Record<string, string>> {
  const { adminEmail: email, adminPassword: password, appId } = qiscus.app;
  const { json } = await call<{ data: { user: { authentication_token: string } } }>(
    '/api/v1/auth',
    {
      form: { email, password },
      headers: {},
    },
  );
  return { 'qiscus-app-id': appId, authorization: json.data.user.authentication_token };
}

let customers = 0;

/** A new customer writes; answers the room's id. */
export function makeRoom({ qiscus }: Pick<Outsider, 'qiscus'>, channelId?: number): string {
  customers += 1;
  const customer = { userId: `c${customers}@example.com`, name: `Customer ${customers}` };
  const channel = channelId === undefined ? {} : { channelId };
  return qiscus.customerMessage({ ...customer, text: 'Hi', ...channel }).roomId;
}

export interface Arrival {
  at: number;
  path: string;
  text: string;
  payload: Record<string, unknown>;
}

/** Both webhooks end here; `answer` says with which status, and after how long. */
export async function receiveHooks(
  qiscus: QiscusEmulator,
  answer: (arrival: Arrival, number: number) => { status: number; afterMs?: number } = () => ({
    status: 200,
  }),
): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const payload = JSON.parse(text) as Record<string, unknown>;
    const arrival = { at: Date.now(), path: request.url ?? '', text, payload };
    arrivals.push(arrival);
    const { status, afterMs = 0 } = answer(arrival, arrivals.length);
    await sleep(afterMs);
    response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  qiscus.setWebhooks({ allocateAgentUrl: `${url}/allocate`, markAsResolvedUrl: `${url}/resolve` });
  return arrivals;
}

function encode({ json, form, multipart }: CallOptions): {
  body: string | URLSearchParams | FormData | null;
  type: Record<string, string>;
} {
  if (json !== undefined) {
    return { body: JSON.stringify(json), type: { 'content-type': 'application/json' } };
  }
  if (form !== undefined) return { body: new URLSearchParams(form), type: {} };
  if (multipart === undefined) return { body: null, type: {} };
  const body = new FormData();
  for (const [name, value] of Object.entries(multipart)) body.set(name, value);
  return { body, type: {} };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
