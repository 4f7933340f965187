// Who is signed in and what they may do; what they may not do is not shown.
import { useSuspenseQuery } from '@tanstack/react-query';
import { sessionQuery } from '../../api/queries.ts';
import type { Session } from '../../api/shapes.ts';

export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

export function useCan(): (action: string) => boolean {
  const { can } = useSession();
  return (action) => can.includes(action);
}
