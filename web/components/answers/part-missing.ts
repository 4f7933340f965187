// Recognises the error of a part of the office that was not found: the page may be older than the server.

const missing = new WeakSet<object>();

/** https://vite.dev/guide/build#load-error-handling: the bundler tells of every import() that fails. */
export function watchParts(): void {
  window.addEventListener('vite:preloadError', (event) => {
    missing.add((event as Event & { payload: Error }).payload);
  });
}

export function isPartMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && missing.has(error);
}
