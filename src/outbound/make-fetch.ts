// The guarded client in the shape of `fetch`, for libraries that bring their own requests.
import type { Outbound } from './open-guarded-outbound.ts';

export type Fetch = (
  url: string,
  init?: {
    method?: string;
    headers?: ConstructorParameters<typeof Headers>[0];
    body?: unknown;
    signal?: AbortSignal | null | undefined;
  },
) => Promise<Response>;

/** Throws a TypeError, as `fetch` does, that says no more than that it failed. Redirects are answers. */
export function makeFetch(
  { send }: Pick<Outbound, 'send'>,
  limits: { timeoutMs: number; maxAnswerBytes: number },
): Fetch {
  return async (url, { method = 'GET', headers, body, signal } = {}) => {
    const answer = await send({
      url,
      method: method.toUpperCase() === 'POST' ? 'POST' : 'GET',
      headers: Object.fromEntries(new Headers(headers)),
      ...(body === undefined || body === null ? {} : { body: Buffer.from(String(body)) }),
      ...(signal ? { signal } : {}),
      verifyTls: true,
      ...limits,
    });
    if (!answer.ok) throw new TypeError(`The request failed: ${answer.error}.`);
    if (answer.truncated) throw new TypeError('The answer is too large.');
    const isEmpty = answer.status === 204 || answer.status === 304;
    return new Response(isEmpty ? null : new Uint8Array(answer.body), {
      status: answer.status,
      headers: answer.headers,
    });
  };
}
