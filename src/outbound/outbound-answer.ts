// The shapes of an outbound request and of its possible ends, shared by this room.

export interface OutboundRequest {
  url: string;
  method: 'GET' | 'POST';
  /** Without those that frame the message; they are ours. See `refuseBadHeaders`. */
  headers: Record<string, string>;
  body?: Buffer;
  /** False accepts any certificate, whatever its name and issuer. */
  verifyTls: boolean;
  signal?: AbortSignal;
  /** For the whole attempt, from waiting for a connection to the last byte. Default 15,000. */
  timeoutMs?: number;
  /** For resolving the name, connecting and the TLS handshake. Default 5,000. */
  connectMs?: number;
  /** The rest is not read, and the connection is dropped. Default 65,536. */
  maxAnswerBytes?: number;
}

/**
 * - dns: the name has no address, or the resolver failed
 * - refused, unreachable: nothing listens there; no way leads there
 * - timeout: connecting or the whole attempt took too long
 * - tls: no common version, or the certificate is not valid for the name
 * - blocked: the URL is not acceptable, or an address behind the name may not be reached
 * - reset: the connection ended before the answer did
 * - protocol: what came back is not HTTP/1.1, or its headers exceed 16 KiB
 * - aborted: the caller's signal, or `close()`
 */
export type OutboundError =
  | 'dns'
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'tls'
  | 'blocked'
  | 'reset'
  | 'protocol'
  | 'aborted';

export interface OutboundFailure {
  ok: false;
  error: OutboundError;
  /** A sentence for the log of attempts. It names hosts and addresses, never path or query. */
  text: string;
  /** The request may have reached the other side. */
  sent: boolean;
  /** Blocked because of the URL itself: pointless to retry. */
  literal: boolean;
  /** What was connected to, or the address that was refused. */
  address: string | null;
  durationMs: number;
}

export interface OutboundSuccess {
  ok: true;
  /** Any status from 200 on; a redirect is an answer like any other. */
  status: number;
  /** Names in lower case; repeated ones are joined by commas. */
  headers: Record<string, string>;
  /** As it came: not decompressed. */
  body: Buffer;
  truncated: boolean;
  address: string | null;
  durationMs: number;
}

export type OutboundAnswer = OutboundSuccess | OutboundFailure;

/** How a step failed; the caller of the step knows the rest of the answer. */
export interface Failure {
  ok: false;
  error: OutboundError;
  text: string;
  address: string | null;
}
