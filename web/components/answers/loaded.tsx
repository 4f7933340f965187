// Shows a skeleton until the answer comes, and the error if it does not.
import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorNote } from './error-note.tsx';

export type Asked<T> = Pick<UseQueryResult<T>, 'data' | 'isError' | 'error' | 'refetch'>;

export function Loaded<T>(props: {
  query: Asked<T>;
  /** Of the grey, in pixels. */
  height?: number;
  children(data: T): ReactNode;
}) {
  const { query, height = 160, children } = props;
  if (query.data !== undefined) return children(query.data);
  if (query.isError) {
    return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <Skeleton height={height} radius="md" />;
}
