// Says why the embedded PostgreSQL cannot start, in a sentence that tells what to do.

export type StartFailureCode =
  | 'embedded_postgres.unsupported_platform'
  | 'embedded_postgres.binaries_missing'
  | 'embedded_postgres.owned'
  | 'embedded_postgres.not_writable'
  | 'embedded_postgres.disk_full'
  | 'embedded_postgres.version_differs'
  | 'embedded_postgres.no_isolation'
  | 'embedded_postgres.password_lost'
  | 'embedded_postgres.cluster_lost'
  | 'embedded_postgres.start_failed';

/** An outage that an operator can mend; `message` is meant for their eyes, `code` for programs. */
export function makeStartFailure(
  code: StartFailureCode,
  message: string,
  cause?: unknown,
): Error & { code: StartFailureCode } {
  return Object.assign(new Error(message, cause === undefined ? {} : { cause }), { code });
}

/** Turns what the file system or PostgreSQL said into a start failure; others pass unchanged. */
export function explainFailure(error: unknown, dataDir: string): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  // The last: PostgreSQL's hint after a write that found room for its first half only.
  const diskFull =
    /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|Check free disk space/;
  if (diskFull.test(code) || diskFull.test(error.message)) {
    return makeStartFailure(
      'embedded_postgres.disk_full',
      `The disk that holds ${dataDir} is full. Free some space there and start again, or set USHER_DATA_DIR to a directory on another disk. (${error.message})`,
      error,
    );
  }
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR'].includes(code)) {
    return makeStartFailure(
      'embedded_postgres.not_writable',
      `Usher cannot write to its data directory ${dataDir}. Give it to the user who runs Usher (chown), or set USHER_DATA_DIR to a directory that this user may write. (${error.message})`,
      error,
    );
  }
  return error;
}
