// Sends bytes over a raw socket, badly if told so, and tells what came back.
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { makeResponseReader, type RawResponse } from './make-response-reader.ts';

/** How the bytes go out; empty: at once and whole. */
export interface Travel {
  /** So many bytes a time; 1 is byte by byte. */
  chunkBytes?: number;
  /** Waited before each of these chunks but the first. */
  everyMs?: number;
  /** No more than so many bytes; then what `afterwards` says. */
  upTo?: number;
  /** After the last byte. `wait` (unless said otherwise) for the answer; `end` only the own half; `cut` without reading; `reset`. */
  afterwards?: 'wait' | 'end' | 'cut' | 'reset';
}

export interface ExchangeOptions {
  url: URL;
  bytes: Buffer;
  travel?: Travel;
  /** In all, from the connect to the last byte of the answer. */
  timeoutMs: number;
  /** PEM, for https with a certificate of its own. */
  ca?: string | null;
  /** A longer body is not read to its end. */
  maxBodyBytes?: number;
  /** Breaks it off. */
  signal?: AbortSignal;
}

export interface Exchanged {
  /** null: none, or no whole head. */
  response: RawResponse | null;
  /** A code of the system, `timeout`, `malformed`, `unexpected-end`, `too-large`, or `cut` or `stopped` by us. */
  error: string | null;
  /** Something was written. */
  sent: boolean;
}

export function exchange(options: ExchangeOptions): Promise<Exchanged> {
  const { url, bytes, travel = {}, timeoutMs, maxBodyBytes = Number.POSITIVE_INFINITY } = options;
  return new Promise((resolve) => {
    const reader = makeResponseReader();
    const socket = open(url, options.ca ?? null);
    let sent = false;
    let received = 0;
    const stop = () => finish('stopped');
    const finish = (error: string | null) => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', stop);
      socket.destroy();
      const read = reader.read();
      const response = read === 'malformed' ? null : read;
      const isShort = error === null && response?.complete !== true;
      const short = read === 'malformed' ? 'malformed' : 'unexpected-end';
      resolve({ response, error: isShort ? short : error, sent });
    };
    const timer = setTimeout(finish, timeoutMs, 'timeout');
    options.signal?.addEventListener('abort', stop);
    socket.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
    socket.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received > maxBodyBytes + 65_536) finish('too-large');
      else if (reader.push(chunk)) finish(null);
    });
    socket.once('end', () => {
      reader.end();
      finish(null);
    });
    socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
      sent = bytes.length > 0;
      void send(socket, bytes, travel).then((ending) => {
        if (ending === 'cut' || ending === 'reset') finish('cut');
      });
    });
  });
}

function open(url: URL, ca: string | null): Socket {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isTls = url.protocol === 'https:';
  const port = Number(url.port || (isTls ? 443 : 80));
  if (!isTls) return connect({ host, port, allowHalfOpen: true, noDelay: true });
  const trust = ca === null ? {} : { ca };
  return connectTls({ host, port, ...(isName(host) ? { servername: host } : {}), ...trust });
}

/** SNI takes names only. */
function isName(host: string): boolean {
  return !/^[\d.]+$/.test(host) && !host.includes(':');
}

async function send(socket: Socket, bytes: Buffer, travel: Travel): Promise<Travel['afterwards']> {
  const {
    chunkBytes = bytes.length,
    everyMs = 0,
    upTo = bytes.length,
    afterwards = 'wait',
  } = travel;
  const all = bytes.subarray(0, upTo);
  for (let at = 0; at < all.length && !socket.destroyed; at += chunkBytes) {
    if (at > 0) await pause(everyMs);
    await write(socket, all.subarray(at, at + chunkBytes));
  }
  if (afterwards === 'reset') socket.resetAndDestroy();
  if (afterwards === 'end') socket.end();
  return afterwards;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => (ms > 0 ? setTimeout(resolve, ms) : setImmediate(resolve)));
}

/** Resolves when the operating system has the bytes, so that nothing sent later overtakes them. */
function write(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) resolve();
    else socket.write(bytes, () => resolve());
  });
}
