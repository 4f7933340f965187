// Makes one HTTP exchange and tells a request that never left from one whose answer was lost.
import type { Dispatcher, FormData } from 'undici';
import type { Failure, Outcome } from './types.ts';

export interface HttpRequest {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body: string | FormData | null;
}

export interface HttpAnswer {
  status: number;
  retryAfter: string | null;
  body: string;
}

/** An agents' page of 100 rows has about 100 kB. */
const MAX_BODY_BYTES = 5 * 1024 * 1024;

/** Redirects are not followed; the time limit covers everything from connecting to the last byte. */
export function exchange(
  { dispatcher, origin, timeoutMs }: { dispatcher: Dispatcher; origin: string; timeoutMs: number },
  request: HttpRequest,
): Promise<Outcome<HttpAnswer>> {
  return new Promise((resolve) => {
    const progress: Progress = { controller: null, over: false };
    const answer: HttpAnswer = { status: 0, retryAfter: null, body: '' };
    const chunks: Buffer[] = [];
    const settle = (outcome: Outcome<HttpAnswer>) => {
      clearTimeout(timer);
      progress.over = true;
      resolve(outcome);
    };
    const giveUp = (error: unknown) => {
      if (progress.over) return;
      settle({ ok: false, failure: describeLoss(error, progress.controller !== null) });
      progress.controller?.abort(new Error('given up'));
    };
    const timer = setTimeout(() => giveUp(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
    let size = 0;
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(controller) {
        // Given up while it still waited for a connection: it must not leave any more.
        if (progress.over) controller.abort(new Error('given up'));
        progress.controller = controller;
      },
      onResponseStart(_controller, status, headers) {
        const retryAfter = headers['retry-after'];
        Object.assign(answer, { status, retryAfter: [retryAfter].flat()[0] ?? null });
      },
      onResponseData(_controller, chunk) {
        size += chunk.length;
        if (size > MAX_BODY_BYTES) giveUp(new Error('the answer is too large'));
        else chunks.push(chunk);
      },
      onResponseEnd() {
        if (!progress.over) settle({ ok: true, value: { ...answer, body: decode(chunks) } });
      },
      onResponseError: (_controller, error) => giveUp(error),
    };
    try {
      dispatcher.dispatch({ origin, ...request }, handler);
    } catch (error) {
      giveUp(error);
    }
  });
}

interface Progress {
  /** Set when the request is about to be written to a connection. */
  controller: Dispatcher.DispatchController | null;
  over: boolean;
}

function decode(chunks: Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}

function describeLoss(error: unknown, wasSent: boolean): Failure {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = String(message || code || 'the connection failed').slice(0, 200);
  return { kind: wasSent ? 'unknown' : 'unavailable', status: null, text, retryAfterMs: null };
}
