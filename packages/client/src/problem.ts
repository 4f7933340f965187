// What a call throws: Usher refused it, or could not be reached.
import type { ErrorCode } from './generated/error-codes.ts';
import { readRetryAfter } from './retry-delay.ts';

/** Usher's refusal: an RFC 9457 problem. */
export class UsherProblem extends Error {
  override readonly name = 'UsherProblem';
  readonly status: number;
  /** Decide by this one. A newer server may know more codes than this list. */
  readonly code: ErrorCode | (string & {});
  /** Names the request in the server's log; null: no Usher has answered. */
  readonly requestId: string | null;
  /** How long the server asks to wait before the next request; 0: not. */
  readonly retryAfterMs: number;
  /** The whole answer. */
  readonly body: unknown;

  constructor(response: Response, body: unknown) {
    const problem = (typeof body === 'object' && body !== null ? body : {}) as Problem;
    const { status, headers } = response;
    const code = typeof problem.code === 'string' ? problem.code : 'answer.unknown';
    const detail = typeof problem.detail === 'string' ? problem.detail : describe(response);
    super(`${code}: ${detail}`);
    this.status = status;
    this.code = code;
    this.requestId = typeof problem.requestId === 'string' ? problem.requestId : null;
    this.retryAfterMs = readRetryAfter(headers, Date.now()) ?? 0;
    this.body = body;
  }
}

/** No answer came, however often it was asked. `cause` has the last failure. */
export class UsherUnreachable extends Error {
  override readonly name = 'UsherUnreachable';
}

interface Problem {
  code?: unknown;
  detail?: unknown;
  requestId?: unknown;
}

function describe({ status, url }: Response): string {
  return status === 0 || (status >= 300 && status < 400)
    ? `${url} redirects: give makeUsher the address to which it leads.`
    : `${url} answered ${status}, and not as Usher does.`;
}
