// Remembers the brand of the back office's page, so that the page can be served while the database is away.
import type { PageBrand } from './brand-page.ts';

const WAIT_MS = 1000;

/** Answers within a second: the last value read, or `first` if there was none. */
export function rememberBrand(
  read: () => Promise<PageBrand>,
  first: PageBrand,
): () => Promise<PageBrand> {
  let known = first;
  return async () => {
    const late = new Promise<void>((done) => setTimeout(done, WAIT_MS).unref());
    const reading = read().then(
      (brand) => {
        known = brand;
      },
      // The page's own calls show what is wrong.
      () => {},
    );
    await Promise.race([reading, late]);
    return known;
  };
}
