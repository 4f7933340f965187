// Counts how often a file could not be had, so that one that never can holds up its room only for a while.

export interface FileTries {
  /** Answers whether it has now failed so often that it is given up. */
  fail(file: string): boolean;
  /** It was had. */
  forget(file: string): void;
}

/** Its message is then worth more than its file. */
const MOST_TRIES = 5;
/** More than ever fail at once. Of those forgotten, the counting begins anew. */
const MOST_COUNTED = 1000;

export function makeFileTries(): FileTries {
  const failures = new Map<string, number>();
  return {
    fail(file) {
      const count = (failures.get(file) ?? 0) + 1;
      failures.delete(file);
      failures.set(file, count);
      const [oldest] = failures.keys();
      if (failures.size > MOST_COUNTED && oldest !== undefined) failures.delete(oldest);
      return count >= MOST_TRIES;
    },
    forget: (file) => void failures.delete(file),
  };
}
