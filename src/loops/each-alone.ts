// Goes through a list so that a failure of one item does not stop the others.

/** One by one. Failures are thrown after all have had their turn. */
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
