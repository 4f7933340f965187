// Asks anew for what has changed, also where an older answer is still on its way.
import type { QueryClient, QueryFilters } from '@tanstack/react-query';

/**
 * What is asked for the first time is not asked twice by TanStack Query: its answer may have been read before the
 * change that is known of now, and would stay. Resolves once all have been answered.
 */
export async function askAnew(queries: QueryClient, filters: QueryFilters): Promise<void> {
  const onTheirWay = queries
    .getQueryCache()
    .findAll(filters)
    .filter(({ state }) => state.data === undefined && state.fetchStatus === 'fetching');
  const again = onTheirWay.map(async ({ promise, queryKey }) => {
    await promise?.catch(() => {});
    await queries.invalidateQueries({ queryKey, exact: true });
  });
  await Promise.all([queries.invalidateQueries(filters), ...again]);
}
