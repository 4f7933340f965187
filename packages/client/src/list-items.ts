// All items of a list, page after page, as they are asked for.

/** Usher's three ways of paging: a cursor to the next page, a cursor to what comes later, the last number. */
interface Page<T> {
  items: T[];
  nextCursor?: string | null;
  after?: string;
}

/** `next`: what to ask besides. Ends with the page after which there is nothing yet. */
export async function* listItems<T>(
  ask: (next: object) => Promise<Page<T>>,
): AsyncGenerator<T, void, void> {
  for (let next: object | null = {}; next !== null; ) {
    const page: Page<T> = await ask(next);
    yield* page.items;
    next = follow(page, next);
  }
}

function follow<T>(page: Page<T>, before: object): object | null {
  const { nextCursor } = page;
  if (nextCursor !== undefined) {
    if (nextCursor !== null && 'cursor' in before && before.cursor === nextCursor) {
      throw new Error(`The page after ${nextCursor} is the same page again: the list has no end.`);
    }
    return nextCursor === null ? null : { cursor: nextCursor };
  }
  const last = page.items.at(-1) as { seq?: unknown } | undefined;
  const after = page.after ?? (typeof last?.seq === 'number' ? last.seq : undefined);
  // Where nothing follows, the cursor stays.
  if (after === undefined || ('after' in before && before.after === after)) return null;
  return { after };
}
