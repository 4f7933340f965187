// Bounds a piece of work by time and by its caller, and leaves neither timer nor listener behind.
import type { Failure } from './outbound-answer.ts';

export interface Deadline {
  /**
   * Aborts with a `Failure` as its reason. Made when it is first asked for: an exchange on an open
   * connection does not need it, and it costs 5 µs.
   */
  readonly signal: AbortSignal;
  /** Why the work ended early; null while it may go on. */
  readonly ended: Failure | null;
  /** Called when it ends early; null takes it back. There is room for one. */
  onEnd(listener: (() => void) | null): void;
  /** Ends the work now, for the given reason. */
  stop(failure: Failure): void;
  /** To be called when the work has ended. */
  clear(): void;
}

export function startDeadline(options: {
  ms: number;
  text: string;
  /** Any abort ends the work; a reason that is a `Failure` is passed on. */
  within: AbortSignal | undefined;
}): Deadline {
  const { ms, text, within } = options;
  let controller: AbortController | null = null;
  let ended: Failure | null = null;
  let listener: (() => void) | null = null;
  const stop = (failure: Failure) => {
    if (ended !== null) return;
    ended = failure;
    controller?.abort(failure);
    listener?.();
  };
  const timer = setTimeout(() => stop({ ok: false, error: 'timeout', text, address: null }), ms);
  const follow = () => stop(readReason(within?.reason));
  if (within?.aborted) follow();
  within?.addEventListener('abort', follow, { once: true });
  return {
    get signal() {
      controller ??= new AbortController();
      if (ended !== null && !controller.signal.aborted) controller.abort(ended);
      return controller.signal;
    },
    get ended() {
      return ended;
    },
    onEnd: (next) => {
      listener = next;
    },
    stop,
    clear: () => {
      clearTimeout(timer);
      within?.removeEventListener('abort', follow);
    },
  };
}

/** The work's result, or the reason why it was no longer waited for. */
export function withinSignal<T>(signal: AbortSignal, work: Promise<T>): Promise<T | Failure> {
  if (signal.aborted) {
    work.catch(() => {});
    return Promise.resolve(readReason(signal.reason));
  }
  return new Promise((resolve, reject) => {
    const stop = () => resolve(readReason(signal.reason));
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

export function readReason(reason: unknown): Failure {
  if (typeof reason === 'object' && reason !== null && 'ok' in reason) return reason as Failure;
  return { ok: false, error: 'aborted', text: 'The request was given up.', address: null };
}
