// Tells a database that does not answer from one that refuses a statement.

const CODES = [
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'],
  ...['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
];
// Connection exceptions, shutting down, starting up; no room on its disk, in its memory or for one more connection;
// a server that was made a standby; and a transaction that was ended because this process stood still in it (store/pool), as on a machine with too much to do.
const STATES = /^(08...|57P0[0-9]|53[123]00|25006|25P0[34])$/;
// The messages of pg itself when a connection is lost.
const WORDS =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout/;

/** Thrown at once while the database is known not to answer. */
export class DatabaseAway extends Error {
  constructor(message = 'The database does not answer.') {
    super(message);
  }
}

/** After how many seconds to try again. */
export const RETRY_AFTER_SECONDS = 5;

/** A retry may succeed a little later. */
export function isOutage(error: unknown): boolean {
  if (error instanceof DatabaseAway) return true;
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (CODES.includes(code) || STATES.test(code))) return true;
  return typeof message === 'string' && WORDS.test(message);
}
