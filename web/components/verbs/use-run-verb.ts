// Does something with any conversation: shown at once, put back when refused.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../../../browser/server-clock.ts';
import { ApiProblem } from '../../api/client.ts';
import { agentsQuery, conversationQuery } from '../../api/queries.ts';
import type { Conversation } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { placeInLists } from '../../live/apply-hints.ts';
import { fetchNow } from '../../live/ask-anew.ts';
import { toasts } from '../../ui/toasts.tsx';
import { problemText } from '../answers/problem-text.ts';
import { useSession } from '../session/use-session.ts';
import { explainConflict } from './explain-conflict.ts';
import { foresee, sendVerb, type Verb } from './verbs.ts';

export interface Wish {
  conversation: Conversation;
  verb: Verb;
}

/** The agent has no room left: whoever asked offers to force it. */
export function isFull(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === 'agent.at-capacity';
}

/** Whoever asked shows it with what can be done instead. */
function isSaidThere(error: unknown, verb: Verb): boolean {
  if (!(error instanceof ApiProblem)) return false;
  if (error.code === 'conversation.sender-unavailable') return true;
  return isFull(error) && 'agentId' in verb;
}

export function useRunVerb() {
  const queries = useQueryClient();
  const { user } = useSession();
  const { t } = useTranslation();
  const format = useFormat();
  const agents = useQuery(agentsQuery).data;
  const place = (shown: Conversation) => {
    const teamIds = agents?.find(({ id }) => id === user.agentId)?.teamIds ?? [];
    placeInLists(queries, shown, { agentId: user.agentId, teamIds });
  };
  const show = (shown: Conversation) => {
    queries.setQueryData(conversationQuery(shown.id).queryKey, shown);
    place(shown);
  };
  return useMutation({
    mutationFn: ({ conversation, verb }: Wish) => sendVerb(conversation.id, verb),
    onMutate: ({ conversation, verb }) => {
      const before =
        queries.getQueryData(conversationQuery(conversation.id).queryKey) ?? conversation;
      const seen = foresee(before, verb, new Date(serverNow()).toISOString());
      const agentName = agents?.find((agent) => agent.id === seen.agentId)?.name ?? seen.agentName;
      show({ ...seen, agentName });
      return { before };
    },
    onError: async (error, { conversation, verb }, context) => {
      if (context !== undefined) show(context.before);
      if (isSaidThere(error, verb)) return;
      const means = { queries, id: conversation.id, t, format };
      const message = (await explainConflict(error, means)) ?? problemText(error);
      toasts.show({ message, color: 'red', autoClose: 8000 });
    },
    onSettled: async (_answer, _error, { conversation: { id } }) => {
      const fresh = await fetchNow(queries, conversationQuery(id)).catch(() => null);
      if (fresh !== null) place(fresh);
      for (const key of ['counts', 'queue', 'agents'])
        void queries.invalidateQueries({ queryKey: [key] });
      for (const key of ['decisions', 'events'])
        void queries.invalidateQueries({ queryKey: [key, id] });
    },
  });
}
