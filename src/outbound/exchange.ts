// Makes one HTTP exchange on a connection and limits what the other side can do to us.
import type { Dispatcher } from 'undici';
import { describeFailure } from './describe-failure.ts';
import type { Connection } from './open-connection.ts';
import type { Failure } from './outbound-answer.ts';
import type { Deadline } from './start-deadline.ts';

export interface Exchange {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
  maxAnswerBytes: number;
  deadline: Deadline;
}

export type Exchanged =
  | {
      ok: true;
      status: number;
      headers: Record<string, string>;
      body: Buffer;
      truncated: boolean;
    }
  | (Failure & { sent: boolean });

/**
 * The parser limits headers and we limit the body, but nothing limits a status line or the text
 * beside the size of a chunk. A chunk of one byte takes six.
 */
const FRAMING = 8;
const MAX_EXTRA_BYTES = 65_536;

/** Unless the answer was read to its end, the connection is closed. */
export function exchange(connection: Connection, request: Exchange): Promise<Exchanged> {
  const { method, path, headers, body, maxAnswerBytes, deadline } = request;
  const { address } = connection;
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let sent = false;
    let head = { status: 0, headers: {} };
    const settle = (outcome: Exchanged) => {
      connection.onRead = () => {};
      deadline.onEnd(null);
      resolve(outcome);
    };
    const fail = (failure: Failure) => {
      settle({ ...failure, address, sent });
      connection.close();
    };
    const succeed = (truncated: boolean) => {
      settle({ ok: true, ...head, body: Buffer.concat(chunks), truncated });
    };
    const mostBytes = connection.bytesRead() + MAX_EXTRA_BYTES + FRAMING * maxAnswerBytes;
    connection.onRead = () => {
      if (connection.bytesRead() > mostBytes) fail(tooMuch);
    };
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => {
        sent = true;
      },
      onResponseStart(_controller, status, received) {
        // We asked nothing that an interim answer could be about, and they may never end.
        if (status < 200) fail(noInterim);
        else head = { status, headers: joinHeaders(received) };
      },
      onResponseData(_controller, chunk) {
        const room = maxAnswerBytes - size;
        size += chunk.length;
        chunks.push(chunk.subarray(0, room));
        if (size <= maxAnswerBytes) return;
        succeed(true);
        connection.close();
      },
      // By the next turn, a server that does not keep the connection has closed it.
      onResponseEnd: () => void setImmediate(succeed, false),
      onResponseError(_controller, error) {
        fail(describeFailure(error, { otherwise: 'reset', address }));
      },
    };
    if (deadline.ended !== null) return fail(deadline.ended);
    deadline.onEnd(() => deadline.ended !== null && fail(deadline.ended));
    connection.client.dispatch({ path, method, headers, body }, handler);
  });
}

const tooMuch: Failure = {
  ok: false,
  error: 'protocol',
  text: 'The answer is not valid HTTP/1.1. (far more bytes came than content)',
  address: null,
};

const noInterim: Failure = {
  ok: false,
  error: 'protocol',
  text: 'The answer is not valid HTTP/1.1. (an interim answer that was not asked for)',
  address: null,
};

function joinHeaders(received: Record<string, string | string[] | undefined>) {
  // fromEntries makes own properties of any name a hostile server sends: no prototype is touched.
  return Object.fromEntries(
    Object.entries(received).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : (value ?? []).join(', '),
    ]),
  );
}
