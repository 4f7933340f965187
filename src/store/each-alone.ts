// Goes through a list of which none may suffer for another.

/** One by one. What failed is thrown once all have had their turn. */
export async function eachAlone<T>(
  items: readonly T[],
  act: (item: T) => Promise<void>,
): Promise<void> {
  const errors: unknown[] = [];
  for (const item of items) {
    try {
      await act(item);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1)
    throw new AggregateError(errors, `${errors.length} of ${items.length} failed`);
}
