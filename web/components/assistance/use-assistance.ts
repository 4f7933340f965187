// Whether a language model may be asked here, and where it is.
import { useQuery } from '@tanstack/react-query';
import { assistanceQuery } from '../../api/queries.ts';

/** null: none is set up, it is switched off, or that is not known yet. */
export function useAssistance(): { host: string; model: string } | null {
  const { data } = useQuery(assistanceQuery);
  if (!data?.isOn || data.host === null || data.model === null) return null;
  return { host: data.host, model: data.model };
}
