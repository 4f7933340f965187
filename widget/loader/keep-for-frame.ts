// What the frame asks the page to keep for it, where the browser gives the frame no storage of its own.

export interface Keeping {
  read(): string | null;
  write(kept: string | null): void;
  /** What another tab has written from now on. */
  follow(listener: (kept: string | null) => void): void;
}

/** `address`: of the frame. Two channels, and two Ushers, are strangers to each other. */
export function keepForFrame(address: string): Keeping {
  const key = `usher.chat ${address}`;
  return {
    read: () => attempt(() => localStorage.getItem(key)),
    write: (kept) =>
      attempt(() =>
        kept === null ? localStorage.removeItem(key) : localStorage.setItem(key, String(kept)),
      ),
    follow: (listener) =>
      addEventListener('storage', (event) => {
        // No key: all of the storage was cleared.
        if (event.key === key || event.key === null) listener(event.newValue);
      }),
  };
}

/**
 * The page's storage may be refused or full as well; then the visitor is known as long as the page
 * lasts.
 */
function attempt<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
