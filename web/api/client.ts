// The only way to the server: typed by openapi.json, authorised by the session's cookie.
import createClient from 'openapi-fetch';
import { readRetryAfter } from '../../browser/retry-delay.ts';
import { hearDate } from '../../browser/server-clock.ts';
import type { PolicyFault } from '../../src/contract/policy/fault.ts';
import { nameRequest, noteAnswer } from './name-request.ts';
import { askForProof } from './prove.ts';
import type { paths } from './schema.ts';

export type Api = paths;

export const client = createClient<Api>({
  baseUrl: '/',
  credentials: 'same-origin',
  fetch: async (request) => {
    const askedAt = performance.now();
    const response = await fetch(request);
    hearDate(response, askedAt);
    return response;
  },
});

// Before the proof: sent again it bears the same name.
client.use({
  async onRequest({ request }) {
    await nameRequest(request);
  },
  onResponse({ request, response }) {
    noteAnswer(request, response.status);
  },
});

/** Of requests on their way: what they would be sent as once more. */
const again = new Map<string, Request>();

// What is refused for want of a fresh proof is sent again once that is given.
client.use({
  onRequest({ request, id }) {
    const { headers } = request;
    const small = request.body === null || headers.get('content-type') === 'application/json';
    if (small) again.set(id, request.clone());
  },
  async onResponse({ response, id }) {
    const request = again.get(id);
    again.delete(id);
    if (request === undefined || response.status !== 403) return undefined;
    const { code } = (await response.clone().json()) as { code?: string };
    if (code !== 'session.proof-needed' || !(await askForProof())) return undefined;
    return fetch(request);
  },
  onError({ id }) {
    again.delete(id);
  },
});

/** What the server refused, with the code that our words are found by. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  /** How long the server asked to wait; 0: not. */
  readonly retryAfterMs: number;
  /** What is wrong with a document, by its places; none where the refusal is about something else. */
  readonly faults: readonly PolicyFault[];

  constructor(
    status: number,
    code: string,
    detail: string,
    {
      retryAfterMs = 0,
      faults = [],
    }: { retryAfterMs?: number; faults?: readonly PolicyFault[] } = {},
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
    this.faults = faults;
  }
}

/** The answer's content; throws ApiProblem where the server refuses. */
export async function ask<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok) return data as T;
  const { code, detail, faults } = (error ?? {}) as Refusal;
  const { status, statusText, headers } = response;
  const retryAfterMs = readRetryAfter(headers);
  throw new ApiProblem(status, code ?? 'server.failed', detail ?? statusText, {
    retryAfterMs,
    ...(faults && { faults }),
  });
}

interface Refusal {
  code?: string;
  detail?: string;
  faults?: PolicyFault[];
}
