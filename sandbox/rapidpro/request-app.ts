// One request of an organisation to its app, correct or deliberately wrong.
import { type CallResult, call } from './call.ts';
import { type Exchanged, exchange, type Travel } from './exchange.ts';
import { MAILROOM_RETRIES, NO_RETRIES } from './retry-rule.ts';
import type { Ticketer } from './state.ts';
import type { ClientRules } from './world.ts';
import { goHeaders, goJson } from './write-request.ts';

export interface AppRequest {
  /** Default GET. */
  method?: string;
  /** After the base URL, as `/room`. */
  path: string;
  /** A string or bytes go out as they are, anything else as Go's JSON; missing: no body. */
  body?: unknown;
  /** Over mailroom's own; null leaves one out, `Content-Length` too. */
  headers?: Record<string, string | null>;
  /** As mailroom retries. Default false: one attempt. */
  retries?: boolean;
  travel?: Travel;
  timeoutMs?: number;
}

export function requestApp(
  { baseUrl, secret }: Pick<Ticketer, 'baseUrl' | 'secret'>,
  rules: ClientRules,
  request: AppRequest,
): Promise<CallResult> {
  const { method = 'GET', path, travel, timeoutMs = rules.timeoutMs, retries = false } = request;
  const body = bytesOf(request.body);
  const own = { Authorization: `Token ${secret}`, 'Content-Type': 'application/json' };
  return call({
    ...rules,
    method,
    url: new URL(`${baseUrl}${path}`),
    headers: withChanges(goHeaders(own, body), request.headers ?? {}),
    body,
    timeoutMs,
    retries: retries ? MAILROOM_RETRIES : NO_RETRIES,
    ...(travel === undefined ? {} : { travel }),
  });
}

/** Any bytes to the host of the base URL, HTTP or not. */
export function sendBytes(
  { baseUrl }: Pick<Ticketer, 'baseUrl'>,
  { timeoutMs, ca, signal }: ClientRules,
  { bytes, travel = {} }: { bytes: Buffer | string; travel?: Travel },
): Promise<Exchanged> {
  return exchange({
    url: new URL(baseUrl),
    bytes: Buffer.from(bytes),
    travel,
    timeoutMs,
    ca,
    signal,
  });
}

function bytesOf(body: unknown): Buffer | null {
  if (body === undefined) return null;
  if (Buffer.isBuffer(body)) return body;
  return typeof body === 'string' ? Buffer.from(body) : goJson(body);
}

function withChanges(
  headers: Record<string, string>,
  changes: Record<string, string | null>,
): Record<string, string> {
  const changed = { ...headers };
  for (const [name, value] of Object.entries(changes)) {
    const same = Object.keys(changed).find((key) => key.toLowerCase() === name.toLowerCase());
    if (value === null) delete changed[same ?? name];
    else changed[same ?? name] = value;
  }
  return changed;
}
