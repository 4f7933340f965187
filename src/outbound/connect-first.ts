// Connects to the first of several addresses that answers, in the manner of RFC 8305.
import { connect, type Socket } from 'node:net';
import { describeFailure } from './describe-failure.ts';
import type { Failure } from './outbound-answer.ts';
import { readReason } from './start-deadline.ts';

/** RFC 8305 §5: the next address is tried when the one before has been silent for this long. */
const NEXT_AFTER_MS = 250;

/** With more addresses, trying them all helps no further. */
const MAX_ADDRESSES = 6;

export interface Connected {
  ok: true;
  socket: Socket;
  address: string;
}

/** The addresses must be literal and checked. The losers' sockets are destroyed. */
export function connectFirst(target: {
  addresses: readonly string[];
  port: number;
  signal: AbortSignal;
}): Promise<Connected | Failure> {
  const { port, signal } = target;
  const left = target.addresses.slice(0, MAX_ADDRESSES);
  const trying = new Set<Socket>();
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    let settled = false;
    const settle = (outcome: Connected | Failure) => {
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      const winner = outcome.ok ? outcome.socket : null;
      for (const socket of trying) if (socket !== winner) socket.destroy();
      resolve(outcome);
    };
    const stop = () => settle(readReason(signal.reason));
    const tryNext = () => {
      clearTimeout(timer);
      const address = left.shift();
      if (address === undefined || settled) return;
      const socket = connect({ host: address, port, noDelay: true });
      trying.add(socket);
      socket.once('connect', () => settle({ ok: true, socket, address }));
      // Stays for good: a socket without an error listener would end the process.
      socket.on('error', (error) => {
        trying.delete(socket);
        if (settled) return;
        if (left.length > 0) tryNext();
        else if (trying.size === 0) {
          settle(describeFailure(error, { otherwise: 'unreachable', address }));
        }
      });
      timer = setTimeout(tryNext, NEXT_AFTER_MS);
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    else tryNext();
  });
}
