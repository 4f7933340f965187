// Usher's API with everything that a program would else have to do around each call.
import createClient from 'openapi-fetch';
import {
  type Api,
  type Ask,
  askBy,
  type Init,
  type Listed,
  type ListPath,
  type Rest,
} from './ask.ts';
import { KEYLESS } from './generated/keyless.ts';
import type { paths } from './generated/schema.ts';
import { listItems } from './list-items.ts';
import { type ApiChannel, makeChannel } from './make-channel.ts';
import { UsherProblem } from './problem.ts';
import { isJson, KEY_HEADER, makeKey, type Sending, sendRequest } from './send-request.ts';

export interface UsherOptions {
  /** Where Usher is: `https://usher.example.com`. */
  url: string;
  /** Settings → API tokens. */
  token: string;
  /** How long one attempt may take; 30 seconds unless told otherwise. */
  timeoutMs?: number;
  /** How long a call is tried again before it fails; 30 seconds unless told otherwise. 0: it is not. */
  patienceMs?: number;
  /** For tests, proxies and runtimes with another one. */
  fetch?: (request: Request) => Promise<Response>;
}

const FOR_EVER = Number.POSITIVE_INFINITY;

export interface Usher {
  get: Ask<'get'>;
  post: Ask<'post'>;
  put: Ask<'put'>;
  patch: Ask<'patch'>;
  delete: Ask<'delete'>;
  /** All items of a list, page after page. */
  list<P extends ListPath>(
    path: P,
    ...init: Rest<Init<P, 'get'>>
  ): AsyncGenerator<Listed<P>, void, void>;
  /** A file for a message: `attachmentIds: [file.id]`. */
  upload(file: Blob, name: string): Promise<{ id: string; name: string; type: string }>;
  /** A channel of kind API, to which this program brings conversations. */
  channel(id: string): ApiChannel;
}

export function makeUsher(options: UsherOptions): Usher {
  const { url, token, timeoutMs = 30_000, patienceMs = 30_000 } = options;
  // Not bound to this object: browsers refuse to be called so.
  const fetch = options.fetch ?? ((request: Request) => globalThis.fetch(request));
  const sending: Sending = { fetch, timeoutMs, patienceMs };
  const api: Api = createClient<paths>({
    baseUrl: url,
    headers: { authorization: `Bearer ${token}` },
    // A POST that is redirected can become a GET.
    redirect: 'manual',
    fetch: (request) => sendRequest(request, sending),
  });
  api.use({ onRequest: nameRequest, onResponse: refuseOther });
  const ask = askBy(api);
  const methods = {
    get: ask('get'),
    post: ask('post'),
    put: ask('put'),
    patch: ask('patch'),
    delete: ask('delete'),
  };
  const sendLate = (waitSeconds: number, isWanted: (answer: unknown) => boolean) => {
    const late = {
      fetch,
      timeoutMs: timeoutMs + waitSeconds * 1000,
      patienceMs: FOR_EVER,
      isWanted,
    };
    return (request: Request) => sendRequest(request, late);
  };
  return {
    ...methods,
    list: (path, ...[init]) => listItems((next) => askPage(methods.get, path, init, next)),
    upload: (file, name) => uploadFile(methods.post, file, name),
    channel: (id) => makeChannel({ ...methods, sendLate }, id),
  } satisfies Usher;
}

/** The key stays with the request, however often it is sent. */
function nameRequest({ request, schemaPath }: { request: Request; schemaPath: string }): void {
  const { method, headers } = request;
  if (['GET', 'HEAD'].includes(method) || headers.has(KEY_HEADER)) return;
  if (!KEYLESS.has(`${method} ${schemaPath}`)) headers.set(KEY_HEADER, makeKey());
}

/** Somebody who stands in for the server, as a proxy with a page of its own, may answer 200 too. */
async function refuseOther({
  response,
  options: { parseAs },
}: {
  response: Response;
  options: { parseAs: string };
}): Promise<void> {
  if (!response.ok || response.status === 204 || parseAs !== 'json' || isJson(response)) return;
  const text = await response.text();
  if (text !== '') throw new UsherProblem(response, text);
}

/** By type a list of any kind, so that the paths need not be told apart here. */
function askPage<T>(get: Ask<'get'>, path: string, init: unknown, next: object) {
  const { params = {}, ...rest } = (init ?? {}) as { params?: { query?: object } };
  const query = { ...params.query, ...next };
  const ask = get as unknown as (path: string, init: object) => Promise<{ items: T[] }>;
  return ask(path, { ...rest, params: { ...params, query } });
}

function uploadFile(post: Ask<'post'>, file: Blob, name: string) {
  const body = new FormData();
  body.append('file', file, name);
  return post('/api/v1/attachments', { body: body as never });
}
