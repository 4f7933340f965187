// Reads a webhook of Usher after checking that Usher signed it, and lately. By WebCrypto: in Node, Deno, Bun, workers and browsers.

/** Its other fields depend on the type; Gitple's own types have `triggerId` and `ctime` instead. */
export interface WebhookEvent {
  type: string;
  /** Remember it: an event can come more than once. */
  id?: string;
  triggerId?: string;
  [field: string]: unknown;
}

/** Answer it 401. */
export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused';
  readonly reason: 'headers' | 'timestamp' | 'signature' | 'body';

  constructor(reason: WebhookRefused['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

export interface Webhook {
  /** Of the request: `Headers`, or an object with names in lower case, as Node has it. */
  headers: Headers | Record<string, string | string[] | undefined>;
  /** As it came, before anything parses it. */
  body: string | Uint8Array;
  /** Of the endpoint. Several while it is being changed. */
  secret: string | readonly string[];
  /** In Unix seconds. */
  now?: number;
}

/** Older or newer: somebody may be sending it again. */
const TOLERANCE_SECONDS = 300;
/** Two are sent while a secret is changed. */
const MOST_SIGNATURES = 10;

/** Throws WebhookRefused. */
export async function readWebhook({
  headers,
  body,
  secret,
  now = Date.now() / 1000,
}: Webhook): Promise<WebhookEvent> {
  const secrets = typeof secret === 'string' ? [secret] : secret;
  if (secrets.length === 0 || secrets.includes('')) {
    throw new TypeError('readWebhook needs the secret of the endpoint.');
  }
  const id = readHeader(headers, 'webhook-id');
  const timestamp = readHeader(headers, 'webhook-timestamp');
  const signatures = readHeader(headers, 'webhook-signature').split(' ').slice(0, MOST_SIGNATURES);
  if (!/^\d{1,12}$/.test(timestamp)) throw new WebhookRefused('headers', 'No webhook-timestamp.');
  if (Math.abs(now - Number(timestamp)) > TOLERANCE_SECONDS) {
    throw new WebhookRefused('timestamp', 'The webhook was signed more than five minutes ago.');
  }
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const signed = join(new TextEncoder().encode(`${id}.${timestamp}.`), bytes);
  if (!(await isSigned(signed, secrets, signatures))) {
    throw new WebhookRefused('signature', 'The signature is not that of the secret and body.');
  }
  return parse(bytes);
}

function readHeader(headers: Webhook['headers'], name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new WebhookRefused('headers', `No ${name}.`);
}

/** `crypto.subtle.verify` compares in constant time. */
async function isSigned(
  signed: Uint8Array<ArrayBuffer>,
  secrets: readonly string[],
  signatures: readonly string[],
): Promise<boolean> {
  const given = signatures.flatMap((text) => {
    const bytes = text.startsWith('v1,') ? decodeBase64(text.slice(3)) : null;
    return bytes === null ? [] : [bytes];
  });
  for (const secret of secrets) {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('raw', keyOf(secret), algorithm, false, ['verify']);
    for (const signature of given) {
      if (await crypto.subtle.verify('HMAC', key, signature, signed)) return true;
    }
  }
  return false;
}

function keyOf(secret: string): Uint8Array<ArrayBuffer> {
  if (!secret.startsWith('whsec_')) return new TextEncoder().encode(secret);
  const key = decodeBase64(secret.slice(6));
  if (key === null || key.length === 0) {
    throw new TypeError('The secret begins with whsec_, and no base64 follows.');
  }
  return key;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  } catch {
    return null;
  }
}

function join(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

function parse(bytes: Uint8Array): WebhookEvent {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as WebhookEvent;
  } catch {
    throw new WebhookRefused('body', 'The body is not JSON.');
  }
}
