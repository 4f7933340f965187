// A push service over real HTTP, with the browsers that listen to it: decrypts, checks who sends, and misbehaves on demand.
import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readPushBody } from './read-push-body.ts';

export interface PushedMessage {
  /** Of the browser. */
  device: string;
  /** What it says. */
  content: Record<string, unknown>;
  ttl: number;
  urgency: string | undefined;
  topic: string | undefined;
  /** Of the token by which the sender is known (RFC 8292). */
  sender: { sub: string; key: string };
}

export interface PushDevice {
  id: string;
  /** As a browser's `PushSubscription.toJSON()`. */
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } };
}

export type PushAnswer =
  /** Any status; 201 takes it. */
  | { status: number; headers?: Record<string, string> }
  /** Takes the message and never answers. */
  | { fault: 'hang' }
  /** An answer that never ends. */
  | { fault: 'endless' };

export interface PushService {
  url: string;
  /** What was taken with 201, in order. */
  messages: PushedMessage[];
  /** Every request, with why it was refused. */
  requests: { device: string; status: number | null; why: string | null }[];
  addDevice(): PushDevice;
  /** What the service answers from now on; of one device: before that of all. */
  setAnswer(answer: PushAnswer, device?: string): void;
  stop(): Promise<void>;
}

interface Device extends PushDevice {
  privateKey: Buffer;
  auth: Buffer;
}

const MOST_BYTES = 4096;

export async function startPushService({ port = 0 } = {}): Promise<PushService> {
  const devices = new Map<string, Device>();
  const answers = new Map<string | null, PushAnswer>();
  const messages: PushedMessage[] = [];
  const requests: PushService['requests'] = [];
  const note = (device: string, status: number | null, why: string | null) =>
    requests.push({ device, status, why });
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const id = request.url?.split('/').at(-1) ?? '';
      const device = devices.get(id);
      const read = device
        ? readMessage(request, body, { device, origin: url() })
        : { status: 404, why: 'no such device' };
      if ('status' in read) {
        note(id, read.status, read.why);
        response.writeHead(read.status, { 'content-type': 'text/plain' }).end(read.why);
      } else give(response, id, read);
    });
  });
  const give = (response: ServerResponse, id: string, message: PushedMessage): void => {
    const answer = answers.get(id) ?? answers.get(null) ?? { status: 201 };
    if ('fault' in answer) {
      note(id, null, answer.fault);
      if (answer.fault === 'endless') writeForEver(response);
      return;
    }
    note(id, answer.status, null);
    if (answer.status === 201) messages.push(message);
    response.writeHead(answer.status, answer.headers ?? {}).end();
  };
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url(),
    messages,
    requests,
    addDevice: () => {
      const one = makeDevice(url());
      devices.set(one.id, one);
      return { id: one.id, subscription: one.subscription };
    },
    setAnswer: (answer, device) => void answers.set(device ?? null, answer),
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

function makeDevice(base: string): Device {
  const pair = createECDH('prime256v1');
  const p256dh = pair.generateKeys().toString('base64url');
  const auth = randomBytes(16);
  const id = randomBytes(16).toString('base64url');
  const keys = { p256dh, auth: auth.toString('base64url') };
  const subscription = { endpoint: `${base}/push/${id}`, keys };
  return { id, subscription, privateKey: pair.getPrivateKey(), auth };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

interface Refusal {
  status: number;
  why: string;
}

function readMessage(
  { method, headers }: IncomingMessage,
  body: Buffer,
  { device, origin }: { device: Device; origin: string },
): PushedMessage | Refusal {
  if (method !== 'POST') return { status: 405, why: 'not POST' };
  if (body.length > MOST_BYTES) return { status: 413, why: 'more than 4096 bytes' };
  if (headers['content-encoding'] !== 'aes128gcm') return { status: 415, why: 'not aes128gcm' };
  const ttl = Number(headers.ttl);
  if (!Number.isInteger(ttl) || ttl < 0) return { status: 400, why: 'no TTL' };
  const topic = headers.topic as string | undefined;
  if (topic !== undefined && !/^[\w-]{1,32}$/.test(topic)) return { status: 400, why: 'topic' };
  const sender = readSender(headers.authorization, origin);
  if (sender === null) return { status: 403, why: 'not the sender that it says' };
  try {
    const content = JSON.parse(readPushBody(body, device).toString()) as Record<string, unknown>;
    const urgency = headers.urgency as string | undefined;
    return { device: device.id, content, ttl, urgency, topic, sender };
  } catch (error) {
    return { status: 400, why: String(error) };
  }
}

/** null: the token is not signed by its key, is for another service, or is not valid for a day at most. */
function readSender(authorization: string | undefined, origin: string) {
  const said = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]{87})$/.exec(authorization ?? '');
  if (said === null) return null;
  const [, head = '', body = '', signature = '', key = ''] = said;
  const point = Buffer.from(key, 'base64url');
  const at = (from: number) => point.subarray(from, from + 32).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: at(1), y: at(33) };
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  const { aud, exp, sub } = JSON.parse(Buffer.from(body, 'base64url').toString()) as {
    aud: string;
    exp: number;
    sub: string;
  };
  // The sender's clock may be moved by a test: the end is only held to be one.
  const isValid = isSigned && aud === origin && Number.isInteger(exp);
  return isValid ? { sub, key } : null;
}

function writeForEver(response: ServerResponse): void {
  response.writeHead(201, { 'content-type': 'text/plain' });
  const go = (): void => {
    if (!response.destroyed) response.write('x'.repeat(16_384), () => setImmediate(go));
  };
  go();
}
