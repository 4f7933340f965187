// Turns what the system, TLS and the HTTP parser throw into the few words of an answer.
import type { Failure, OutboundError } from './outbound-answer.ts';

const words: Record<string, OutboundError> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EAFNOSUPPORT: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  EINVAL: 'unreachable',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  EPROTO: 'tls',
  UND_ERR_HEADERS_OVERFLOW: 'protocol',
};

const sentences: Record<OutboundError, string> = {
  dns: 'The name could not be resolved.',
  refused: 'Nothing listens there: the connection was refused.',
  unreachable: 'There is no way to that address.',
  timeout: 'It took too long to connect.',
  tls: 'TLS failed.',
  blocked: 'The address may not be reached.',
  reset: 'The connection ended before the answer did.',
  protocol: 'The answer is not valid HTTP/1.1.',
  aborted: 'The request was given up.',
};

/** `otherwise` is the reason when the error's code does not tell. */
export function describeFailure(
  thrown: unknown,
  { otherwise, address }: { otherwise: OutboundError; address: string | null },
): Failure {
  const { name = '', code = '', message = '' } = thrown as Record<string, unknown>;
  const detail = String(message || code).slice(0, 200);
  const error = classify({ name, code: String(code), message: detail }) ?? otherwise;
  const text = detail === '' ? sentences[error] : `${sentences[error]} (${detail})`;
  return { ok: false, error, text, address };
}

function classify(thrown: {
  name: unknown;
  code: string;
  message: string;
}): OutboundError | undefined {
  const { name, code, message } = thrown;
  // undici's parser gives no code, and says the same of an answer that ends too early.
  if (name === 'HTTPParserError') return message.includes('EOF') ? 'reset' : 'protocol';
  // One code for several things; only these come from what the server sent.
  if (code === 'UND_ERR_SOCKET' && /^bad (response|upgrade)$/.test(message)) return 'protocol';
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) return 'tls';
  return words[code];
}
