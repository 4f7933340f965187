// The brand of the back office's page, also while the database does not answer: the page must come then too.
import type { PageBrand } from './brand-page.ts';

const WAIT_MS = 1000;

/** Answers within a second: what was read last, or `first` if nothing ever was. */
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
      // Its own calls tell the page what is wrong.
      () => {},
    );
    await Promise.race([reading, late]);
    return known;
  };
}
