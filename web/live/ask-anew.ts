// Asks again for what has changed, even while an older answer is still on its way.
import type { FetchQueryOptions, QueryClient, QueryFilters, QueryKey } from '@tanstack/react-query';

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

/**
 * As the server says now. A `staleTime` of 0 is not enough: after the computer's clock has been set back, what is
 * known seems to come from the future, and is taken for fresh until then.
 */
export async function fetchNow<Answer, Failure, Data, Key extends QueryKey>(
  queries: QueryClient,
  query: FetchQueryOptions<Answer, Failure, Data, Key>,
): Promise<Data> {
  const { queryKey } = query;
  await queries.invalidateQueries({ queryKey, exact: true, refetchType: 'none' });
  return queries.fetchQuery({ ...query, staleTime: 0 });
}
