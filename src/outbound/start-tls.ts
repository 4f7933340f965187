// Turns a plain connection into a TLS connection for the requested name.
import type { Socket } from 'node:net';
import { connect, type SecureContext, type TLSSocket } from 'node:tls';
import { readAddress } from '../addresses/read-address.ts';
import { describeFailure } from './describe-failure.ts';
import type { Failure } from './outbound-answer.ts';
import { readReason } from './start-deadline.ts';

/**
 * No sessions are kept: a session opened without verification could be resumed where it is
 * required.
 */
export function startTls(options: {
  socket: Socket;
  address: string;
  /** A name or a literal address, which the certificate must be valid for. */
  host: string;
  verifyTls: boolean;
  secureContext: SecureContext;
  signal: AbortSignal;
}): Promise<{ ok: true; socket: TLSSocket } | Failure> {
  const { socket: plain, address, verifyTls, secureContext, signal } = options;
  // A final dot means the same name, but no certificate has it.
  const host = options.host.replace(/\.$/, '');
  return new Promise((resolve) => {
    const socket = connect({
      socket: plain,
      secureContext,
      host,
      // RFC 6066 §3: an address is not a server name.
      servername: readAddress(host) === null ? host : '',
      rejectUnauthorized: verifyTls,
      ALPNProtocols: ['http/1.1'],
    });
    const settle = (outcome: { ok: true; socket: TLSSocket } | Failure) => {
      signal.removeEventListener('abort', stop);
      if (!outcome.ok) {
        socket.destroy();
        plain.destroy();
      }
      resolve(outcome);
    };
    const stop = () => settle({ ...readReason(signal.reason), address });
    socket.once('secureConnect', () => settle({ ok: true, socket }));
    // Stays for good: a socket without an error listener would end the process.
    socket.on('error', (error) => settle(describeFailure(error, { otherwise: 'tls', address })));
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}
