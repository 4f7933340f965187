// Hands a mail to the operator's mail server: one connection a mail, bounded in time, nothing of it in an error.
import { createTransport } from 'nodemailer';

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The same for each attempt, so that a receiver recognises a repeat. */
  messageId: string;
}

export type Handed =
  | { ok: true; text: string }
  | {
      ok: false;
      /** refused: this mail never passes. later: it may pass. login: the operator must act. */
      reason: 'refused' | 'later' | 'login' | 'unreachable';
      /** What the server answered; null: nothing. */
      status: number | null;
      /** The server may have taken it all the same. */
      uncertain: boolean;
      text: string;
    };

export interface Smtp {
  /** Without the user and the password. */
  host: string;
  from: string;
  hand(mail: Mail): Promise<Handed>;
  /** Connects, encrypts and signs in; sends nothing. */
  check(): Promise<Handed>;
}

const LONGEST_MS = 15_000;
const STEP_MS = 8000;
const LONGEST_TEXT = 300;

/** `url`: as SMTP_URL has it. It is the operator's own, so any network is allowed. */
export function makeSmtp(url: string, from: string, longestMs = LONGEST_MS): Smtp {
  const server = readServer(url);
  const transport = createTransport({
    ...server,
    ...{ connectionTimeout: STEP_MS, greetingTimeout: STEP_MS, dnsTimeout: STEP_MS },
    socketTimeout: longestMs,
    // A mail's text never makes the server read a file or call an address.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  const bounded = async (work: (signal: AbortSignal) => Promise<string>): Promise<Handed> => {
    const signal = AbortSignal.timeout(longestMs);
    try {
      return { ok: true, text: (await work(signal)).slice(0, LONGEST_TEXT) };
    } catch (error) {
      return judge(error as SmtpError, server.auth);
    }
  };
  return {
    host: `${server.host}:${server.port}`,
    from,
    hand: (mail) =>
      bounded(async (signal) => {
        const sent = await transport.sendMail({
          ...{ ...mail, from, signal },
          // As one address, whatever it holds: a text would be read as a list.
          to: { name: '', address: mail.to },
          // RFC 3834: no out-of-office reply is wanted.
          headers: { 'auto-submitted': 'auto-generated' },
        });
        return sent.response;
      }),
    check: () =>
      bounded(async () => {
        await transport.verify();
        return 'ready';
      }),
  };
}

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
}

function judge(error: SmtpError, auth: { user: string; pass: string } | undefined): Handed {
  const { code, responseCode: status = null } = error;
  const said = code === 'EABORT' ? 'It took too long to answer.' : error.message;
  const text = hide(said, auth).slice(0, LONGEST_TEXT);
  if (code === 'EAUTH' || code === 'ENOAUTH') {
    return { ok: false, reason: 'login', status, uncertain: false, text };
  }
  if (status !== null) {
    const reason = status >= 500 ? 'refused' : 'later';
    return { ok: false, reason, status, uncertain: false, text };
  }
  // Without an answer nobody knows how far it came, except where there was no connection.
  const uncertain = code !== 'EDNS' && code !== 'ETLS' && !/ECONNREFUSED/.test(error.message);
  return { ok: false, reason: 'unreachable', status, uncertain, text };
}

/** Some servers repeat what they were sent. */
function hide(text: string, auth: { user: string; pass: string } | undefined): string {
  if (auth === undefined || auth.pass === '') return text;
  const encoded = Buffer.from(auth.pass).toString('base64');
  return text.replaceAll(auth.pass, '•••').replaceAll(encoded, '•••');
}

function readServer(text: string) {
  const { protocol, hostname, port, username, password } = new URL(text);
  const secure = protocol === 'smtps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const auth = username === '' ? undefined : { user: decode(username), pass: decode(password) };
  const isHere = ['localhost', '127.0.0.1', '::1'].includes(host);
  return {
    ...{ host, secure, port: Number(port || (secure ? 465 : 587)) },
    requireTLS: !secure && auth !== undefined && !isHere,
    ...(auth !== undefined && { auth }),
    // The own machine's mail server mostly has a certificate that nobody signed.
    ...(isHere && { tls: { rejectUnauthorized: false } }),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
