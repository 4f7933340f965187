// `usher listen`: receives event webhooks on a developer’s own machine.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifyDelivery } from '../delivery/verify-delivery.ts';
import { CommandFailed } from './api-client.ts';
import { describeEvent, type HeardEvent, type Verified } from './describe-event.ts';
import { forwardRequest } from './forward-request.ts';
import { listenForStop, whenAborted } from './stop-signal.ts';

const MAX_BODY_BYTES = 1024 * 1024;
const FINISH_MS = 5000;

interface Options {
  port: string;
  secret?: string;
  forward?: string;
  json: boolean;
}

interface Settings {
  port: number;
  secret: string | null;
  forward: URL | null;
  json: boolean;
}

/** Answers the exit code, after it was told to stop and has answered what was under way. */
export async function listen(options: Options, environment: NodeJS.ProcessEnv): Promise<number> {
  const settings = readSettings(options, environment);
  const ending = new AbortController();
  const server = createServer((request, response) => {
    const exchange = { request, response, server, settings, ending: ending.signal };
    receive(exchange).catch(() => request.destroy());
  });
  const port = await open(server, settings.port);
  process.stderr.write(`${greet(port, settings)}\n`);
  await Promise.race([whenAborted(listenForStop()), outputClosed()]);
  await close(server, ending);
  return 0;
}

function readSettings(options: Options, environment: NodeJS.ProcessEnv): Settings {
  const port = Number(options.port);
  if (!/^\d+$/.test(options.port) || port > 65_535) {
    throw new CommandFailed(`--port must be a number from 0 to 65535, not ${options.port}.`, 2);
  }
  if (options.secret === '') throw new CommandFailed('--secret must not be empty.', 2);
  const secret = options.secret ?? (environment.USHER_WEBHOOK_SECRET || null);
  const { forward, json } = options;
  return { port, secret, forward: forward === undefined ? null : readTarget(forward), json };
}

function readTarget(text: string): URL {
  const url = URL.parse(text);
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw new CommandFailed(`--forward must be an http or https address, not ${text}.`, 2);
}

function open(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const why = taken ? `Port ${port} is taken` : `Cannot listen on port ${port}: ${error.code}`;
      reject(new CommandFailed(`${why}. Choose another with --port.`));
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function greet(port: number, { secret, forward }: Settings): string {
  const checks = secret === null ? 'Without --secret no signature is checked.' : '';
  const passes = forward === null ? '' : `Passing on to ${forward.origin}${forward.pathname}.`;
  return [`Listening on http://127.0.0.1:${port}`, checks, passes].filter(Boolean).join('\n');
}

/** A reader who leaves (`| head -1`) ends the command as a signal does. */
function outputClosed(): Promise<null> {
  return new Promise((resolve) => process.stdout.once('error', () => resolve(null)));
}

async function close(server: Server, ending: AbortController): Promise<void> {
  const timer = setTimeout(() => {
    ending.abort();
    server.closeAllConnections();
  }, FINISH_MS);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(timer);
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  server: Server;
  settings: Settings;
  /** Aborted when there is no more time to finish. */
  ending: AbortSignal;
}

async function receive(exchange: Exchange): Promise<void> {
  const { request, settings } = exchange;
  const at = new Date();
  if (request.method !== 'POST') {
    request.resume();
    const headers = { allow: 'POST' };
    return respond(exchange, { status: 405, headers, body: 'Events come by POST.\n' });
  }
  const body = await readBody(request);
  const { headers } = request;
  const verified: Verified =
    body === null
      ? { ok: false, reason: 'body.too-large' }
      : verify({ headers, body, at, secret: settings.secret });
  const heard = { at, headers, body, verified };
  if (body === null) return answer(exchange, heard, { status: 413 });
  if (verified?.ok === false) return answer(exchange, heard, { status: 401 });
  const { forward: url } = settings;
  if (url === null) return answer(exchange, heard, { status: 200 });
  const { rawHeaders } = request;
  const passed = await forwardRequest({ url, rawHeaders, body, signal: exchange.ending });
  const failure = passed.ok ? {} : { forwardError: passed.error };
  answer(exchange, { ...heard, forwarded: true, ...failure }, passed);
}

/** null for one that is too large: read to its end, so that the sender reads the answer, but not kept. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  let chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) chunks = [];
    else chunks.push(chunk);
  }
  return bytes > MAX_BODY_BYTES ? null : Buffer.concat(chunks);
}

function verify(received: {
  headers: IncomingMessage['headers'];
  body: Buffer;
  at: Date;
  secret: string | null;
}): Verified {
  const { headers, body, at, secret } = received;
  if (secret === null) return null;
  const nowSeconds = Math.floor(at.getTime() / 1000);
  return verifyDelivery({ secrets: [secret], headers, body, nowSeconds });
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: Buffer | string;
}

function answer(exchange: Exchange, heard: Omit<HeardEvent, 'status'>, given: Answer): void {
  respond(exchange, given);
  const line = describeEvent({ ...heard, status: given.status }, exchange.settings);
  process.stdout.write(`${line}\n`);
}

function respond(
  { response, server }: Exchange,
  { status, headers = {}, body = '' }: Answer,
): void {
  // Otherwise a sender that keeps its connection would delay the end.
  response.shouldKeepAlive &&= server.listening;
  response.writeHead(status, headers).end(body);
}
