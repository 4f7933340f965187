// What was sent and has not been answered yet: shown at once, kept with its fault when the server cannot be reached.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, client } from '../api/client.ts';
import type { Message } from '../api/shapes.ts';
import { keepSaid } from '../live/messages-cache.ts';
import { problemText } from './problem-text.ts';

export interface Outgoing {
  key: string;
  text: string;
  note: boolean;
  attachments: { id: string; name: string; type: string }[];
  at: string;
  error: string | null;
}

export function useOutbox(conversationId: string) {
  const queries = useQueryClient();
  const queryKey = ['outbox', conversationId];
  const { data: outgoing } = useQuery<Outgoing[]>({
    queryKey,
    queryFn: () => queries.getQueryData<Outgoing[]>(queryKey) ?? [],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const change = (by: (now: Outgoing[]) => Outgoing[]) =>
    queries.setQueryData<Outgoing[]>(queryKey, (now = []) => by(now));
  const drop = (key: string) => change((now) => now.filter((one) => one.key !== key));

  const attempt = async (one: Outgoing): Promise<void> => {
    change((now) => [...now.filter(({ key }) => key !== one.key), { ...one, error: null }]);
    try {
      const said = await write(conversationId, one);
      await keepSaid(queries, conversationId, said);
      drop(one.key);
    } catch (error) {
      const text = problemText(error);
      change((now) => now.map((row) => (row.key === one.key ? { ...row, error: text } : row)));
    }
  };
  return {
    outgoing: outgoing ?? [],
    drop,
    attempt,
    send: (said: Pick<Outgoing, 'text' | 'note' | 'attachments'>) =>
      attempt({ ...said, key: crypto.randomUUID(), at: new Date().toISOString(), error: null }),
  };
}

function write(id: string, { text, note, attachments }: Outgoing): Promise<Message> {
  const params = { path: { id } };
  if (note) return ask(client.POST('/api/v1/conversations/{id}/notes', { params, body: { text } }));
  const attachmentIds = attachments.map((file) => file.id);
  const body = { text, ...(attachmentIds.length > 0 ? { attachmentIds } : {}) };
  return ask(client.POST('/api/v1/conversations/{id}/messages', { params, body }));
}
