// How apps call others: as the server's own fetch, redirects followed and any status an answer.
import type { IHttpResponse } from '@rocket.chat/apps-engine/definition/accessors/index.js';
import {
  HttpBridge,
  type IHttpBridgeRequestInfo,
} from '@rocket.chat/apps-engine/server/bridges/HttpBridge.js';

const DEFAULT_TIMEOUT_MS = 180_000;

export class AppHttp extends HttpBridge {
  private readonly stopped: AbortSignal;

  /** @param stopped of the process, whose sockets end with it. */
  constructor(stopped: AbortSignal) {
    super();
    this.stopped = stopped;
  }

  protected async call(info: IHttpBridgeRequestInfo): Promise<IHttpResponse> {
    const { request } = info;
    const method = info.method.toUpperCase();
    const url = new URL(info.url);
    const hasBody = method !== 'GET' && method !== 'HEAD';
    for (const [key, value] of Object.entries(request.params ?? {})) {
      url.searchParams.append(key, value);
    }
    const content = request.content ?? (request.data && JSON.stringify(request.data));
    const timeout = AbortSignal.timeout(request.timeout ?? DEFAULT_TIMEOUT_MS);
    const answer = await fetch(url, {
      method,
      headers: { ...request.headers },
      ...(hasBody && content !== undefined ? { body: content } : {}),
      signal: AbortSignal.any([timeout, this.stopped]),
    });
    const text = await answer.text();
    return {
      url: info.url,
      method: info.method,
      statusCode: answer.status,
      headers: Object.fromEntries(answer.headers),
      content: text,
      data: readJson(answer.headers.get('content-type'), text),
    };
  }
}

function readJson(type: string | null, text: string): unknown {
  if (!type?.startsWith('application/json')) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
