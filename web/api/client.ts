// The one door to the server: typed by openapi.json, carried by the session's cookie.
import createClient from 'openapi-fetch';
import type { paths } from './schema.ts';

export type Api = paths;

export const client = createClient<Api>({ baseUrl: '/', credentials: 'same-origin' });

/** What the server refused, with the code that our words are found by. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

/** The answer's content; throws ApiProblem where the server refuses. */
export async function ask<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok) return data as T;
  const { code, detail } = (error ?? {}) as { code?: string; detail?: string };
  throw new ApiProblem(response.status, code ?? 'server.failed', detail ?? response.statusText);
}
