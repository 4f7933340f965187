// Posts to a receiver as a sender would, and tells in a value how it ended.
import { type IncomingHttpHeaders, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { buffer } from 'node:stream/consumers';

export type Ended =
  | { status: number; headers: IncomingHttpHeaders; body: string }
  /** `status` if the answer had begun. */
  | { error: string; status?: number };

export function post(
  url: string,
  options: {
    body?: string | Buffer;
    headers?: Record<string, string>;
    ca?: string | null;
    timeoutMs?: number;
  } = {},
): Promise<Ended> {
  const { body = '{}', headers = {}, ca = null, timeoutMs = 5000 } = options;
  const call = url.startsWith('https:') ? overHttps : overHttp;
  return new Promise((resolve) => {
    const request = call(url, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(timeoutMs),
      ...(ca === null ? {} : { ca }),
    });
    let begun: { status?: number } = {};
    const fail = (error: NodeJS.ErrnoException) =>
      resolve({ error: error.code ?? error.name, ...begun });
    request.once('error', fail);
    request.once('response', (response) => {
      const { statusCode: status = 0, headers: answered } = response;
      begun = { status };
      buffer(response).then(
        (bytes) => resolve({ status, headers: answered, body: String(bytes) }),
        fail,
      );
    });
    request.end(body);
  });
}
